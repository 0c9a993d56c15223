package io.zipmap.sql.pushdown;

import io.zipmap.array.Dtype;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.catalog.TableSchema;
import io.zipmap.stats.ColumnStats;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * COUNT, MIN, MAX or SUM of one column, or COUNT(*). A scan computes it for one slice, and Spark merges the slices.
 * Immutable.
 */
final class PushedFunction implements Serializable {
    private static final long serialVersionUID = 1L;

    private enum Function {
        COUNT,
        MIN,
        MAX,
        SUM
    }

    private final Function function;
    private final @Nullable ColumnRef column;

    private PushedFunction(Function function, @Nullable ColumnRef column) {
        this.function = function;
        this.column = column;
    }

    /** Empty if Spark has to evaluate the function itself. */
    static Optional<PushedFunction> of(AggregateFunc function, Inventory inventory) {
        if (function instanceof CountStar) {
            return Optional.of(new PushedFunction(Function.COUNT, null));
        }
        if (function instanceof Count count && !count.isDistinct()) {
            return column(count.column(), inventory)
                    .filter(column -> column.isHidden()
                            || !inventory.schema().apply(column.name()).nullable())
                    .map(column -> new PushedFunction(Function.COUNT, column));
        }
        if (function instanceof Min min) {
            return numeric(min.column(), inventory).map(column -> new PushedFunction(Function.MIN, column));
        }
        if (function instanceof Max max) {
            return numeric(max.column(), inventory).map(column -> new PushedFunction(Function.MAX, column));
        }
        if (function instanceof Sum sum && !sum.isDistinct()) {
            return numeric(sum.column(), inventory)
                    .filter(column -> !column.isHidden() && isSummable(inventory, column))
                    .map(column -> new PushedFunction(Function.SUM, column));
        }
        return Optional.empty();
    }

    /** Partition columns and merged ones stay with Spark. */
    private static Optional<ColumnRef> column(Expression expression, Inventory inventory) {
        return expression instanceof NamedReference reference
                        && reference.fieldNames().length == 1
                        && (!inventory.columns().areMerged()
                                || MetadataField.of(reference.fieldNames()[0]).isPresent())
                        && inventory.columns().has(reference.fieldNames()[0])
                ? Optional.of(inventory.columns().ref(reference.fieldNames()[0]))
                : Optional.empty();
    }

    /** A column of numbers, or {@code _row}. Columns of times and of fields stay with Spark. */
    private static Optional<ColumnRef> numeric(Expression expression, Inventory inventory) {
        return column(expression, inventory)
                .filter(column -> column.isHidden()
                        ? column.name().equals(MetadataField.ROW.name())
                        : isPlain(inventory.columns().dtype(column), column));
    }

    private static boolean isPlain(Dtype dtype, ColumnRef column) {
        return dtype.kind().isPlain() && column.type().equals(TableSchema.sparkType(dtype));
    }

    /**
     * Whether every sum of values fits into the result type. A sum that may overflow a bigint stays with Spark, whose
     * result depends on the ANSI mode; its AVG adds doubles, which do not overflow. A sum of decimals stays too,
     * because Spark casts partial sums to the type of one value.
     */
    private static boolean isSummable(Inventory inventory, ColumnRef column) {
        Dtype dtype = inventory.columns().dtype(column);
        int bits = dtype.itemSize() * Byte.SIZE;
        return switch (dtype.kind()) {
            case BOOL -> false;
            case FLOAT -> true;
            case INT, UINT -> bits < Long.SIZE && inventory.rows() <= Long.MAX_VALUE >> bits;
            default -> false;
        };
    }

    /** The column whose values must be read; empty if the headers of the arrays give the answer. */
    Optional<ColumnRef> valueColumn() {
        return Optional.ofNullable(column).filter(known -> !isCount() && !known.isHidden());
    }

    boolean isCount() {
        return function == Function.COUNT;
    }

    DataType type() {
        if (column == null || isCount()) {
            return DataTypes.LongType;
        }
        if (function == Function.SUM) {
            boolean floats =
                    column.type().equals(DataTypes.FloatType) || column.type().equals(DataTypes.DoubleType);
            return floats ? DataTypes.DoubleType : DataTypes.LongType;
        }
        return column.type();
    }

    /**
     * The value of this function for a slice of at least one row.
     *
     * @param stats of the {@link #valueColumn}; null if there is none
     */
    Object value(RowSlice slice, @Nullable ColumnStats stats) {
        if (stats != null && column != null) {
            return switch (function) {
                case MIN -> SparkValues.min(stats, column.type());
                case MAX -> SparkValues.max(stats, column.type());
                default -> sum(slice, stats, column);
            };
        }
        return switch (function) {
            case MIN -> slice.fromRow();
            case MAX -> slice.toRow() - 1;
            default -> isNull(slice) ? 0L : slice.rows();
        };
    }

    private Object sum(RowSlice slice, ColumnStats stats, ColumnRef of) {
        Object sum = SparkValues.sum(stats, type());
        if (!slice.group().array(of.member()).isConstant()) {
            return sum;
        }
        return sum instanceof Long whole ? Math.multiplyExact(whole, slice.rows()) : (Double) sum * slice.rows();
    }

    /** Whether the counted column is null in every row: only {@code _entry} of a bare .npy file is. */
    private boolean isNull(RowSlice slice) {
        return column != null
                && column.name().equals(MetadataField.ENTRY.name())
                && slice.group().entry() == null;
    }

    @Override
    public String toString() {
        return function + "(" + (column == null ? "*" : column.name()) + ")";
    }
}
