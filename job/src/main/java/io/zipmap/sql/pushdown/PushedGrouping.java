package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.RowGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY of {@code _archive}, {@code _entry} and partition columns, which have one value in a row group, and of
 * integers or bools of at most 64 bits together; or no GROUP BY. Immutable.
 */
public final class PushedGrouping implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<GroupColumn> columns;

    private PushedGrouping(List<GroupColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    /** No GROUP BY. */
    static PushedGrouping none() {
        return new PushedGrouping(List.of());
    }

    /** Empty if Spark has to group the rows itself. */
    static Optional<PushedGrouping> of(Expression[] expressions, Inventory inventory) {
        List<GroupColumn> columns = new ArrayList<>();
        for (Expression expression : expressions) {
            GroupColumn.of(expression, inventory).ifPresent(columns::add);
        }
        PushedGrouping groups = new PushedGrouping(columns);
        return columns.size() == expressions.length && groups.bits() <= Long.SIZE
                ? Optional.of(groups)
                : Optional.empty();
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    int size() {
        return columns.size();
    }

    /** Whether rows of one row group may be in different groups. */
    public boolean hasValues() {
        return bits() > 0;
    }

    /** The bits of the keys of values. */
    int bits() {
        return columns.stream().mapToInt(GroupColumn::bits).sum();
    }

    /** The expressions of values, in their order. */
    List<ValueExpression> values() {
        return columns.stream().flatMap(column -> column.value().stream()).toList();
    }

    /**
     * Computes the keys of the values of rows. Only if there {@linkplain #hasValues are values}.
     *
     * @param keys receives the bits of the values, the last one lowest, by row number; higher bits have no meaning
     */
    public void keys(BatchValues batch, int[] rows, int count, long[] keys) {
        List<ValueExpression> all = values();
        batch.of(all.get(0), rows, count).copyTo(keys, rows, count);
        for (ValueExpression value : all.subList(1, all.size())) {
            batch.of(value.wide(), rows, count).appendTo(keys, GroupColumn.bits(value.type()), rows, count);
        }
    }

    /**
     * Values of the group columns for all rows of a row group, 0 or false for a column of values; equal keys are one
     * group, as in Spark's GROUP BY.
     */
    public List<@Nullable Object> key(RowGroup group) {
        ArrayNames names = ArrayNames.of(group);
        List<@Nullable Object> key = new ArrayList<>();
        for (GroupColumn column : columns) {
            key.add(column.object(names, 0));
        }
        return key;
    }

    /**
     * Replaces the first elements of a row by the values of a key, but not those of names.
     *
     * @param names of the rows of the group
     * @param valueKey the bits of the values, the last one lowest
     */
    void setValues(ArrayNames names, long valueKey, @Nullable Object[] row) {
        long rest = valueKey;
        for (int i = columns.size() - 1; i >= 0; i--) {
            GroupColumn column = columns.get(i);
            if (column.bits() > 0) {
                row[i] = column.object(names, rest);
                rest >>= column.bits();
            }
        }
    }

    StructType schema() {
        StructType schema = new StructType();
        for (GroupColumn column : columns) {
            schema = schema.add(column.field());
        }
        return schema;
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
