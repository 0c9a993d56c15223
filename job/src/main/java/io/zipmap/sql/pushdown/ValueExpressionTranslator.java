package io.zipmap.sql.pushdown;

import io.zipmap.array.Dtype;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.TableColumns;
import io.zipmap.sql.catalog.TableSchema;
import io.zipmap.sql.vector.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.GeneralScalarExpression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Translates columns and arithmetic of Spark, as far as a scan computes the same values: floats by the operations of
 * Java that Spark uses; integers if the types of the columns tell that no value overflows, so that the ANSI mode does
 * not matter. Divisors are literals other than 0. Casts lose no integer, or are an error for one that they would lose.
 */
final class ValueExpressionTranslator {
    private final TableColumns table;
    private final boolean canFail;

    /** Translates what is an error for no value. */
    ValueExpressionTranslator(TableColumns table) {
        this(table, false);
    }

    /**
     * @param canFail whether a value may be an error: only if Spark evaluates the expression for the same rows as the
     *     scan
     */
    ValueExpressionTranslator(TableColumns table, boolean canFail) {
        this.table = table;
        this.canFail = canFail;
    }

    /** An expression, and the range of its values if they are integers or bools. */
    private record Ranged(
            ValueExpression expression, @Nullable IntegerRange range) {
        DataType type() {
            return expression.type();
        }

        boolean isFloating() {
            return type().equals(DataTypes.FloatType) || type().equals(DataTypes.DoubleType);
        }
    }

    /** A column of scalars that no table merges, or a computed number; empty if Spark has to evaluate it. */
    Optional<ValueExpression> translate(Expression expression) {
        return expression instanceof NamedReference reference
                ? column(reference)
                : ranged(expression).map(Ranged::expression);
    }

    /** A number or bool that is never null: a column, a literal or a computed one. */
    Optional<ValueExpression> number(Expression expression) {
        return ranged(expression).filter(ValueExpressionTranslator::isKnown).map(Ranged::expression);
    }

    /** The range of an expression that was translated; empty if it is not one of integers. */
    Optional<IntegerRange> range(Expression expression) {
        return ranged(expression).map(Ranged::range);
    }

    private Optional<ValueExpression> column(NamedReference reference) {
        if (table.areMerged()
                || reference.fieldNames().length != 1
                || !table.has(reference.fieldNames()[0])) {
            return Optional.empty();
        }
        ColumnRef column = table.ref(reference.fieldNames()[0]);
        return column.isHidden() || column.type() instanceof ArrayType || column.type() instanceof StructType
                ? Optional.empty()
                : Optional.of(ValueExpression.of(column, hasStatistics(column)));
    }

    private boolean hasStatistics(ColumnRef column) {
        Dtype dtype = table.dtype(column);
        return dtype.kind().isPlain() && column.type().equals(TableSchema.sparkType(dtype));
    }

    private Optional<Ranged> ranged(Expression expression) {
        if (expression instanceof NamedReference reference) {
            return column(reference)
                    .filter(column -> !table.schema()
                            .apply(column.column().orElseThrow().name())
                            .nullable())
                    .map(column -> new Ranged(column, range(column)));
        }
        if (expression instanceof Literal<?> literal) {
            return literal(literal.value(), literal.dataType());
        }
        if (expression instanceof Cast cast) {
            return ranged(cast.expression()).flatMap(value -> cast(value, cast.dataType()));
        }
        if (!(expression instanceof GeneralScalarExpression general)) {
            return Optional.empty();
        }
        List<Ranged> operands = new ArrayList<>();
        for (Expression child : general.children()) {
            ranged(child).filter(one -> isNumber(one.type())).ifPresent(operands::add);
        }
        Optional<Operation> operation = Arrays.stream(Operation.values())
                .filter(one -> !one.isCast() && one.text().equals(general.name()))
                .findFirst();
        boolean isWhole = operands.size() == general.children().length && !operands.isEmpty();
        return isWhole ? operation.flatMap(known -> computed(known, operands)) : Optional.empty();
    }

    private @Nullable IntegerRange range(ValueExpression expression) {
        ColumnRef column = expression.column().orElseThrow();
        Dtype dtype = table.dtype(column);
        return switch (expression.hasStatistics() ? dtype.kind() : Dtype.Kind.STRUCT) {
            case INT -> IntegerRange.ofBits(dtype.itemSize() * Byte.SIZE, true);
            case UINT -> IntegerRange.ofBits(dtype.itemSize() * Byte.SIZE, false);
            default -> IntegerRange.of(column.type()).orElse(null);
        };
    }

    private static Optional<Ranged> literal(@Nullable Object value, DataType type) {
        if (value instanceof Number number && isNumber(type)) {
            IntegerRange range = IntegerRange.of(type).isPresent() ? IntegerRange.of(number.longValue()) : null;
            return Optional.of(new Ranged(ValueExpression.of(number, type), range));
        }
        return Optional.empty();
    }

    private static boolean isNumber(DataType type) {
        return type.equals(DataTypes.FloatType)
                || type.equals(DataTypes.DoubleType)
                || IntegerRange.of(type).isPresent() && !type.equals(DataTypes.BooleanType);
    }

    private Optional<Ranged> cast(Ranged value, DataType type) {
        if (value.type().equals(type)) {
            return Optional.of(value);
        }
        IntegerRange range = value.range();
        boolean fits = range == null
                ? value.isFloating() && (type.equals(DataTypes.FloatType) || type.equals(DataTypes.DoubleType))
                : isNumber(type) && (IntegerRange.of(type).isEmpty() || range.fits(type));
        if (!fits && canFail && canBeNarrowed(value.type(), type)) {
            return Optional.of(new Ranged(
                    ValueExpression.of(Operation.NARROW, type, List.of(value.expression())),
                    IntegerRange.of(type).orElseThrow()));
        }
        return fits && isKnown(value)
                ? Optional.of(new Ranged(
                        ValueExpression.of(Operation.CAST, type, List.of(value.expression())),
                        IntegerRange.of(type).isPresent() ? range : null))
                : Optional.empty();
    }

    /** Spark hands down such a cast in ANSI mode only. */
    private static boolean canBeNarrowed(DataType from, DataType to) {
        if (from.equals(DataTypes.FloatType) || from.equals(DataTypes.DoubleType)) {
            return to.equals(DataTypes.IntegerType) || to.equals(DataTypes.LongType);
        }
        return from.equals(DataTypes.LongType) && IntegerRange.of(to).isPresent() && !to.equals(DataTypes.BooleanType);
    }

    /** Whether the type of a value is one in which values are computed: not a decimal of uint64. */
    private static boolean isKnown(Ranged value) {
        return isNumber(value.type()) || value.type().equals(DataTypes.BooleanType);
    }

    private static Optional<Ranged> computed(Operation operation, List<Ranged> operands) {
        Ranged first = operands.get(0);
        if (operands.size() == 1) {
            return switch (operation) {
                case SUBTRACT ->
                    computed(
                            Operation.MULTIPLY,
                            List.of(first, literal((byte) -1, first.type()).orElseThrow()));
                case ABSOLUTE ->
                    known(
                            operation,
                            first.type(),
                            operands,
                            first.range() == null ? null : first.range().absolute());
                case SQUARE_ROOT ->
                    first.type().equals(DataTypes.DoubleType)
                            ? known(operation, DataTypes.DoubleType, operands, null)
                            : Optional.empty();
                case FLOOR, CEIL ->
                    first.type().equals(DataTypes.DoubleType)
                            ? known(operation, DataTypes.LongType, operands, IntegerRange.ofBits(Long.SIZE, true))
                            : Optional.empty();
                default -> Optional.empty();
            };
        }
        Ranged second = operands.get(1);
        if (operands.size() != 2 || !operation.isInfix() || !first.type().equals(second.type())) {
            return Optional.empty();
        }
        if (first.range() != null && second.range() != null) {
            return operation == Operation.DIVIDE
                    ? Optional.empty()
                    : first.range()
                            .combine(operation, second.range())
                            .flatMap(range -> known(operation, first.type(), operands, range));
        }
        boolean isKnown = switch (operation) {
            case ADD, SUBTRACT, MULTIPLY -> true;
            case DIVIDE ->
                first.type().equals(DataTypes.DoubleType) && second.expression().isLiteralOtherThanZero();
            default -> false;
        };
        return isKnown ? known(operation, first.type(), operands, null) : Optional.empty();
    }

    private static Optional<Ranged> known(
            Operation operation, DataType type, List<Ranged> operands, @Nullable IntegerRange range) {
        return range == null || range.fits(type)
                ? Optional.of(new Ranged(
                        ValueExpression.of(
                                operation,
                                type,
                                operands.stream().map(Ranged::expression).toList()),
                        range))
                : Optional.empty();
    }
}
