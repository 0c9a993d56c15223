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
 * COUNT, MIN, MAX or SUM of one column, COUNT(*), or a value of the buffers in which Spark aggregates. A scan computes
 * it for one slice, and Spark merges the slices. Immutable.
 */
public final class PushedFunction implements Serializable {
    private static final long serialVersionUID = 1L;

    private enum Function {
        COUNT,
        MIN,
        MAX,
        SUM,
        /** The sum as a double, 0 for no value. */
        TOTAL,
        /** The number of values as a double. */
        NUMBER,
        MEAN,
        /** The sum of the squared deviations from the mean. */
        DEVIATION
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
            return Optional.of(countOfRows());
        }
        if (function instanceof Count count && !count.isDistinct()) {
            return name(count.column()).flatMap(column -> count(column, inventory));
        }
        if (function instanceof Min min) {
            return name(min.column()).flatMap(column -> min(column, inventory));
        }
        if (function instanceof Max max) {
            return name(max.column()).flatMap(column -> max(column, inventory));
        }
        if (function instanceof Sum sum && !sum.isDistinct()) {
            return name(sum.column()).flatMap(column -> sum(column, inventory));
        }
        return Optional.empty();
    }

    private static Optional<String> name(Expression expression) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? Optional.of(reference.fieldNames()[0])
                : Optional.empty();
    }

    public static PushedFunction countOfRows() {
        return new PushedFunction(Function.COUNT, null);
    }

    /** The number of values of a column without nulls. */
    public static Optional<PushedFunction> count(String name, Inventory inventory) {
        return column(name, inventory)
                .filter(column -> column.isHidden()
                        || !inventory.schema().apply(column.name()).nullable())
                .map(column -> new PushedFunction(Function.COUNT, column));
    }

    public static Optional<PushedFunction> min(String name, Inventory inventory) {
        return numeric(name, inventory).map(column -> new PushedFunction(Function.MIN, column));
    }

    public static Optional<PushedFunction> max(String name, Inventory inventory) {
        return numeric(name, inventory).map(column -> new PushedFunction(Function.MAX, column));
    }

    public static Optional<PushedFunction> sum(String name, Inventory inventory) {
        return summable(name, inventory).map(column -> new PushedFunction(Function.SUM, column));
    }

    /** The sum as a double: what Spark's AVG keeps beside the count. */
    public static Optional<PushedFunction> total(String name, Inventory inventory) {
        return summable(name, inventory).map(column -> new PushedFunction(Function.TOTAL, column));
    }

    /** The number of values as a double: with mean and deviation, what Spark's STDDEV and VARIANCE keep. */
    public static Optional<PushedFunction> number(String name, Inventory inventory) {
        return summable(name, inventory).map(column -> new PushedFunction(Function.NUMBER, column));
    }

    public static Optional<PushedFunction> mean(String name, Inventory inventory) {
        return summable(name, inventory).map(column -> new PushedFunction(Function.MEAN, column));
    }

    /** The sum of the squared deviations from the mean. */
    public static Optional<PushedFunction> deviation(String name, Inventory inventory) {
        return summable(name, inventory).map(column -> new PushedFunction(Function.DEVIATION, column));
    }

    private static Optional<ColumnRef> summable(String name, Inventory inventory) {
        return numeric(name, inventory).filter(column -> !column.isHidden() && isSummable(inventory, column));
    }

    /** Partition columns and merged ones stay with Spark. */
    private static Optional<ColumnRef> column(String name, Inventory inventory) {
        return (!inventory.columns().areMerged() || MetadataField.of(name).isPresent())
                        && inventory.columns().has(name)
                ? Optional.of(inventory.columns().ref(name))
                : Optional.empty();
    }

    /** A column of numbers, or {@code _row}. Columns of times and of fields stay with Spark. */
    private static Optional<ColumnRef> numeric(String name, Inventory inventory) {
        return column(name, inventory)
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

    /** Whether the value is a double that is never null. */
    private boolean isOfDoubles() {
        return function == Function.TOTAL
                || function == Function.NUMBER
                || function == Function.MEAN
                || function == Function.DEVIATION;
    }

    /** Whether the value may be null. */
    boolean isNullable() {
        return !isCount() && !isOfDoubles();
    }

    /** The value of this function for no row. */
    @Nullable
    Object valueOfNoRow() {
        if (isCount()) {
            return 0L;
        }
        return isOfDoubles() ? 0.0 : null;
    }

    public DataType type() {
        if (column == null || isCount()) {
            return DataTypes.LongType;
        }
        if (function == Function.SUM) {
            boolean floats =
                    column.type().equals(DataTypes.FloatType) || column.type().equals(DataTypes.DoubleType);
            return floats ? DataTypes.DoubleType : DataTypes.LongType;
        }
        return isOfDoubles() ? DataTypes.DoubleType : column.type();
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
                case TOTAL -> total(slice, stats, column);
                case NUMBER -> (double) slice.rows();
                case MEAN -> SparkValues.mean(stats);
                case DEVIATION -> SparkValues.deviation(stats);
                default -> sum(slice, stats, column);
            };
        }
        return switch (function) {
            case MIN -> slice.fromRow();
            case MAX -> slice.toRow() - 1;
            default -> isNull(slice) ? 0L : slice.rows();
        };
    }

    /**
     * The value of this function for the rows of a slice that a filter keeps.
     *
     * @param kept the number of these rows
     * @param stats of their values in the {@link #valueColumn}; null if there is none
     */
    @Nullable
    Object filteredValue(RowSlice slice, long kept, @Nullable ColumnStats stats) {
        if (isCount()) {
            return isNull(slice) ? 0L : kept;
        }
        if (kept == 0 || stats == null || column == null) {
            return valueOfNoRow();
        }
        return switch (function) {
            case MIN -> SparkValues.min(stats, column.type());
            case MAX -> SparkValues.max(stats, column.type());
            case TOTAL -> SparkValues.total(stats);
            case NUMBER -> (double) kept;
            case MEAN -> SparkValues.mean(stats);
            case DEVIATION -> SparkValues.deviation(stats);
            default -> SparkValues.sum(stats, type());
        };
    }

    /** Whether the value depends on the numbers of the rows: the least or greatest {@code _row}. */
    boolean isOfRowNumbers() {
        return !isCount() && column != null && column.isHidden();
    }

    private Object sum(RowSlice slice, ColumnStats stats, ColumnRef of) {
        Object sum = SparkValues.sum(stats, type());
        if (!slice.group().array(of.member()).isConstant()) {
            return sum;
        }
        return sum instanceof Long whole ? Math.multiplyExact(whole, slice.rows()) : (Double) sum * slice.rows();
    }

    private Object total(RowSlice slice, ColumnStats stats, ColumnRef of) {
        double total = SparkValues.total(stats);
        return slice.group().array(of.member()).isConstant() ? total * slice.rows() : total;
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
