package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.PartitionColumns;
import io.zipmap.sql.catalog.RowGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY of {@code _archive}, {@code _entry} and partition columns, of some of them, or no GROUP BY. All rows of a
 * row group are in one group. Immutable.
 */
public final class PushedGrouping implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<NameColumn> columns;

    private PushedGrouping(List<NameColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Empty if an expression is another column, or no column. */
    static Optional<PushedGrouping> of(Expression[] expressions, PartitionColumns partitions) {
        List<NameColumn> columns = new ArrayList<>();
        for (Expression expression : expressions) {
            NameColumn.of(expression, partitions).ifPresent(columns::add);
        }
        return columns.size() == expressions.length ? Optional.of(new PushedGrouping(columns)) : Optional.empty();
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Values of the group columns for all rows of a row group; equal keys are one group, as in Spark's GROUP BY. */
    public List<@Nullable Object> key(RowGroup group) {
        ArrayNames names = ArrayNames.of(group);
        List<@Nullable Object> key = new ArrayList<>();
        for (NameColumn column : columns) {
            key.add(normalised(column.value(names)));
        }
        return key;
    }

    /** For GROUP BY of floating-point numbers -0.0 is 0.0, and each NaN is one value. */
    private static @Nullable Object normalised(@Nullable Object value) {
        if (value instanceof Double number) {
            return number == 0.0 ? 0.0 : number;
        }
        if (value instanceof Float number) {
            return number == 0.0f ? 0.0f : number;
        }
        return value;
    }

    StructType schema() {
        StructType schema = new StructType();
        for (NameColumn column : columns) {
            schema = schema.add(column.field());
        }
        return schema;
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
