package io.zipmap.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** COUNT(*), of all or for each archive or entry: the headers know it. Immutable. */
record RowCount(List<MetadataField> groups, int counts) {
    /** Groups are made on the driver, all at once. */
    private static final long MOST_ARRAYS = 100_000;

    /** Empty for aggregates that the values are needed for. */
    static Optional<RowCount> of(Aggregation aggregation, Inventory inventory) {
        boolean counts = Arrays.stream(aggregation.aggregateExpressions()).allMatch(CountStar.class::isInstance);
        List<MetadataField> groups = new ArrayList<>();
        for (Expression group : aggregation.groupByExpressions()) {
            if (group instanceof NamedReference reference && reference.fieldNames().length == 1) {
                MetadataField.of(reference.fieldNames()[0])
                        .filter(field -> field != MetadataField.ROW)
                        .ifPresent(groups::add);
            }
        }
        boolean known = groups.size() == aggregation.groupByExpressions().length
                && (groups.isEmpty() || inventory.arrays() <= MOST_ARRAYS);
        return counts && known
                ? Optional.of(new RowCount(groups, aggregation.aggregateExpressions().length))
                : Optional.empty();
    }

    /** The groups, then the counts, as Spark expects them. */
    StructType schema() {
        StructType schema = new StructType();
        for (MetadataField group : groups) {
            schema = schema.add(group.name(), group.dataType(), group.isNullable());
        }
        for (int i = 0; i < counts; i++) {
            schema = schema.add("count(*)" + (i == 0 ? "" : " " + i), DataTypes.LongType, false);
        }
        return schema;
    }
}
