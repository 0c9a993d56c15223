package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.Inventory;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** COUNT(*), of all or for each archive or entry: the headers know it. Immutable. */
public record PushedCount(PushedGrouping groups, int counts) {
    /** Groups are made on the driver, all at once. */
    private static final long MOST_ARRAYS = 100_000;

    /** Empty for aggregates that the values are needed for. */
    public static Optional<PushedCount> of(Aggregation aggregation, Inventory inventory) {
        boolean counts = Arrays.stream(aggregation.aggregateExpressions()).allMatch(CountStar.class::isInstance);
        return PushedGrouping.of(aggregation.groupByExpressions())
                .filter(groups -> counts && (groups.isEmpty() || inventory.arrayCount() <= MOST_ARRAYS))
                .map(groups -> new PushedCount(groups, aggregation.aggregateExpressions().length));
    }

    /** The groups, then the counts, as Spark expects them. */
    public StructType schema() {
        StructType schema = groups.schema();
        for (int i = 0; i < counts; i++) {
            schema = schema.add("count(*)" + (i == 0 ? "" : " " + i), DataTypes.LongType, false);
        }
        return schema;
    }
}
