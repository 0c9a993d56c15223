package io.zipmap.sql.pushdown;

import io.zipmap.ZipmapException;
import io.zipmap.array.Dtype;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.vector.Computation;
import io.zipmap.sql.vector.Operation;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, or an expression over columns that is never null and that a scan computes as Spark does.
 * {@link ValueExpressionTranslator} makes it. Expressions are equal if their texts are. Immutable.
 */
public final class ValueExpression implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Set<DataType> INTEGRAL_TYPES = Set.of(
            DataTypes.BooleanType, DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

    /** A name that is not the text of a literal. */
    private static final Pattern PLAIN_NAME = Pattern.compile("(?!NaN$|Infinity$)[A-Za-z_]\\w*");

    private final DataType type;
    private final @Nullable ColumnRef column;

    /** Whether the column is one of an array of numbers or bools, of which there are statistics. */
    private final boolean hasStatistics;

    private final @Nullable Number literal;
    private final @Nullable Operation operation;
    private final List<ValueExpression> operands;
    private final String text;

    private ValueExpression(
            DataType type,
            @Nullable ColumnRef column,
            boolean hasStatistics,
            @Nullable Number literal,
            @Nullable Operation operation,
            List<ValueExpression> operands,
            String text) {
        this.type = type;
        this.column = column;
        this.hasStatistics = hasStatistics;
        this.literal = literal;
        this.operation = operation;
        this.operands = List.copyOf(operands);
        this.text = text;
    }

    /** @param hasStatistics whether the column is one of an array of numbers or bools, and not a field */
    static ValueExpression of(ColumnRef column, boolean hasStatistics) {
        String name = column.name();
        String quoted = PLAIN_NAME.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
        return new ValueExpression(column.type(), column, hasStatistics, null, null, List.of(), quoted);
    }

    static ValueExpression of(Number literal, DataType type) {
        return new ValueExpression(type, null, false, literal, null, List.of(), String.valueOf(literal));
    }

    static ValueExpression of(Operation operation, DataType type, List<ValueExpression> operands) {
        String text = operation.isInfix()
                ? operands.stream()
                        .map(ValueExpression::toString)
                        .collect(Collectors.joining(" " + operation.text() + " ", "(", ")"))
                : operation.text() + "(" + operands.get(0) + (operation.isCast() ? " AS " + type.sql() : "") + ")";
        return new ValueExpression(type, null, false, null, operation, operands, text);
    }

    public DataType type() {
        return type;
    }

    /** The column that this is; empty if it is computed. */
    public Optional<ColumnRef> column() {
        return Optional.ofNullable(column);
    }

    boolean isLiteralOtherThanZero() {
        return literal != null && literal.doubleValue() != 0;
    }

    /** Whether kernels and zone maps give statistics of it. */
    boolean hasStatistics() {
        return hasStatistics;
    }

    /** Whether values are integers or bools, not floating-point numbers. */
    boolean isIntegral() {
        return INTEGRAL_TYPES.contains(type);
    }

    boolean isFloating() {
        return type.equals(DataTypes.FloatType) || type.equals(DataTypes.DoubleType);
    }

    /** Whether an array of numbers or bools has the column, or values are computed from such columns. */
    private boolean isNumber() {
        return isIntegral() || isFloating();
    }

    /** Whether values can be added to groups, or be keys of groups. */
    boolean canBeGrouped() {
        return isNumber() && (column == null || !column.isHidden());
    }

    /** The columns that it uses, each once. */
    public List<ColumnRef> columns() {
        Map<String, ColumnRef> columns = new LinkedHashMap<>();
        addColumns(columns);
        return List.copyOf(columns.values());
    }

    private void addColumns(Map<String, ColumnRef> columns) {
        if (column != null) {
            columns.putIfAbsent(column.name(), column);
        }
        operands.forEach(operand -> operand.addColumns(columns));
    }

    /** The dtype that has the values of one row group, as statistics need it. */
    public Dtype dtype(RowGroup group) throws ZipmapException {
        if (column != null && hasStatistics) {
            return group.array(column.member()).layout().dtype();
        }
        return Dtype.parse(
                type.equals(DataTypes.FloatType) ? "<f4" : type.equals(DataTypes.DoubleType) ? "<f8" : "<i8");
    }

    /**
     * How the values are computed. Values of a column are its vector.
     *
     * @param vectors the vector of each of the {@link #columns}
     * @param capacity the most rows of a batch
     */
    public Computation computation(Function<ColumnRef, ColumnVector> vectors, int capacity) {
        if (column != null) {
            return Computation.of(vectors.apply(column));
        }
        if (operation == null) {
            return Computation.of(Objects.requireNonNull(literal), type);
        }
        boolean isOfIntegers = operation == Operation.CAST && isIntegral();
        return Computation.of(
                operation,
                type,
                operands.stream()
                        .map(operand -> (isOfIntegers ? operand : operand.wide()).computation(vectors, capacity))
                        .toList(),
                capacity);
    }

    /** The same values, but integers and bools of a column as a vector of longs. */
    public ValueExpression wide() {
        return column != null && isIntegral() && !type.equals(DataTypes.LongType)
                ? of(Operation.CAST, DataTypes.LongType, List.of(this))
                : this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValueExpression that && text.equals(that.text) && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** SQL, as EXPLAIN shows it. */
    @Override
    public String toString() {
        return text;
    }
}
