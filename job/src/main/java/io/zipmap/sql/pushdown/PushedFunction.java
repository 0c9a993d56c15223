package io.zipmap.sql.pushdown;

import io.zipmap.array.Dtype;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.MetadataField;
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

/** One function over one column, answered slice by slice for Spark to finish. Immutable. */
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

    /** Empty for one that Spark has to evaluate itself. */
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
            return ordered(min.column(), inventory).map(column -> new PushedFunction(Function.MIN, column));
        }
        if (function instanceof Max max) {
            return ordered(max.column(), inventory).map(column -> new PushedFunction(Function.MAX, column));
        }
        if (function instanceof Sum sum && !sum.isDistinct() && summable(inventory)) {
            return ordered(sum.column(), inventory)
                    .filter(column -> !column.isHidden())
                    .map(column -> new PushedFunction(Function.SUM, column));
        }
        return Optional.empty();
    }

    private static Optional<ColumnRef> column(Expression expression, Inventory inventory) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? Optional.of(ColumnRef.of(reference.fieldNames()[0], inventory.schema()))
                : Optional.empty();
    }

    /** A column of numbers, or {@code _row}; times and fields stay with Spark. */
    private static Optional<ColumnRef> ordered(Expression expression, Inventory inventory) {
        return column(expression, inventory)
                .filter(column -> column.isHidden()
                        ? column.name().equals(MetadataField.ROW.name())
                        : inventory.dtype().kind().isPlain()
                                && column.type().equals(TableSchema.sparkType(inventory.dtype())));
    }

    /**
     * Sums that a bigint may not hold stay with Spark: what it makes of them depends on the mode (an error, null, a
     * wrong number), and its AVG adds doubles, which cannot overflow. So do those of decimals, since Spark casts
     * partial sums to the type of one value.
     */
    private static boolean summable(Inventory inventory) {
        Dtype dtype = inventory.dtype();
        int bits = dtype.itemSize() * Byte.SIZE;
        return switch (dtype.kind()) {
            case BOOL -> false;
            case FLOAT -> true;
            case INT, UINT -> bits < Long.SIZE && inventory.rows() <= Long.MAX_VALUE >> bits;
            default -> false;
        };
    }

    /** Whose values are needed; empty when the headers tell. */
    Optional<ColumnRef> reads() {
        return Optional.ofNullable(column).filter(read -> function != Function.COUNT && !read.isHidden());
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

    /** Of a piece with at least one row; {@code stats} are those of the column that is read. */
    Object value(ArraySlice piece, @Nullable ColumnStats stats) {
        if (stats != null && column != null) {
            return switch (function) {
                case MIN -> SparkValues.min(stats, column.type());
                case MAX -> SparkValues.max(stats, column.type());
                default -> SparkValues.sum(stats, type());
            };
        }
        return switch (function) {
            case MIN -> piece.fromRow();
            case MAX -> piece.toRow() - 1;
            default -> isNull(piece) ? 0L : piece.rows();
        };
    }

    /** No value of an array is null. */
    private boolean isNull(ArraySlice piece) {
        return column != null
                && column.name().equals(MetadataField.ENTRY.name())
                && piece.array().entry() == null;
    }

    @Override
    public String toString() {
        return function + "(" + (column == null ? "*" : column.name()) + ")";
    }
}
