package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.Inventory;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * COUNT(*) of a query, for all rows or by {@link PushedGrouping}. The driver computes it from the headers of the
 * arrays; no array is opened. Immutable.
 *
 * @param counts how many times the query asks for COUNT(*)
 */
public record PushedCount(PushedGrouping groups, int counts) {
    /** Limit on the number of arrays in a grouped count, because the driver holds all groups. */
    private static final long MAX_GROUPED_ARRAYS = 100_000;

    /** Empty if the query asks for another aggregate, or for too many groups. */
    public static Optional<PushedCount> of(Aggregation aggregation, Inventory inventory) {
        boolean counts = Arrays.stream(aggregation.aggregateExpressions()).allMatch(CountStar.class::isInstance);
        return PushedGrouping.of(aggregation.groupByExpressions(), inventory)
                .filter(groups -> counts
                        && !groups.hasValues()
                        && (groups.isEmpty() || inventory.groupCount() <= MAX_GROUPED_ARRAYS))
                .map(groups -> new PushedCount(groups, aggregation.aggregateExpressions().length));
    }

    /** Columns of the groups, then columns of the counts, in the order that Spark expects. */
    public StructType schema() {
        StructType schema = groups.schema();
        for (int i = 0; i < counts; i++) {
            schema = schema.add("count(*)" + (i == 0 ? "" : " " + i), DataTypes.LongType, false);
        }
        return schema;
    }
}
