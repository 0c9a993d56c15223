package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.TableColumns;
import io.zipmap.sql.vector.Comparison;
import io.zipmap.sql.vector.KeySet;
import io.zipmap.sql.vector.TextSet;
import io.zipmap.sql.vector.ValueSet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Translates predicates that compare values with literals of the same type, or numbers with each other, so that the
 * rows for which they hold are exactly those that Spark keeps.
 */
final class ValuePredicateTranslator extends PredicateTranslator<ValueExpression, Object, TernaryRowChooser> {
    /** A longer IN stays with Spark. */
    private static final int MOST_IN_OPERANDS = 1000;

    private static final int UINT64_DIGITS = 20;

    private final ValueExpressionTranslator expressions;

    ValuePredicateTranslator(TableColumns table) {
        super(MOST_IN_OPERANDS);
        this.expressions = new ValueExpressionTranslator(table);
    }

    /** A column of scalars of arrays that were not merged, or computed numbers. */
    @Override
    Optional<ValueExpression> column(Expression expression) {
        return expressions
                .translate(expression)
                .filter(value -> !value.columns().isEmpty());
    }

    /** A {@link UTF8String}, or the key of another value in {@link KeySet}. */
    @Override
    Optional<Object> literal(ValueExpression column, Expression expression) {
        return expression instanceof Literal<?> literal && literal.dataType().equals(column.type())
                ? key(literal.value(), column.type())
                : Optional.empty();
    }

    private static Optional<Object> key(Object value, DataType type) {
        if (value instanceof UTF8String) {
            return Optional.of(value);
        }
        if (value instanceof Float number) {
            return Optional.of(KeySet.key(number));
        }
        if (value instanceof Double number) {
            return Optional.of(KeySet.key(number));
        }
        if (value instanceof Boolean is) {
            return Optional.of(is ? 1L : 0L);
        }
        if (value instanceof Decimal decimal && type instanceof DecimalType) {
            BigDecimal number = decimal.toJavaBigDecimal();
            boolean isUnsigned = number.stripTrailingZeros().scale() <= 0
                    && number.signum() >= 0
                    && number.precision() - number.scale() <= UINT64_DIGITS
                    && number.toBigInteger().bitLength() <= Long.SIZE;
            BigInteger whole = number.toBigInteger();
            return isUnsigned ? Optional.of(KeySet.unsignedKey(whole.longValue())) : Optional.empty();
        }
        boolean isIntegral =
                value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long;
        return isIntegral ? Optional.of(((Number) value).longValue()) : Optional.empty();
    }

    /** A literal may also stand on the left; or two columns or computed numbers of one type are compared. */
    @Override
    Optional<TernaryRowChooser> comparison(String operator, Expression left, Expression right) {
        return (column(left).isPresent()
                        ? super.comparison(operator, left, right)
                        : super.comparison(mirrored(operator), right, left))
                .or(() -> expressions
                        .number(left)
                        .flatMap(one -> expressions
                                .number(right)
                                .filter(other -> other.type().equals(one.type()))
                                .flatMap(other -> compare(one, operator, other))));
    }

    /** Neither is ever null. */
    private static Optional<TernaryRowChooser> compare(ValueExpression left, String operator, ValueExpression right) {
        return switch (operator) {
            case "<" -> Optional.of(chooser(right, Comparison.GREATER, left));
            case "<=" -> Optional.of(chooser(left, Comparison.AT_MOST, right));
            case ">" -> Optional.of(chooser(left, Comparison.GREATER, right));
            case ">=" -> Optional.of(chooser(right, Comparison.AT_MOST, left));
            case "=", "<=>" -> Optional.of(chooser(left, Comparison.EQUAL, right));
            case "<>" -> Optional.of(chooser(left, Comparison.UNEQUAL, right));
            default -> Optional.empty();
        };
    }

    private static TernaryRowChooser chooser(ValueExpression left, Comparison comparison, ValueExpression right) {
        return new TernaryRowChooser(
                new RowsCompared(left, comparison, right), new RowsCompared(left, comparison.complement(), right));
    }

    @Override
    Optional<TernaryRowChooser> isNull(ValueExpression column) {
        return column.type().equals(DataTypes.StringType)
                ? Optional.empty()
                : Optional.of(chooser(column, KeySet.ofNull(), KeySet.notNull()));
    }

    @Override
    Optional<TernaryRowChooser> compare(ValueExpression column, String operator, Object value) {
        if (value instanceof UTF8String text) {
            return compareText(column, operator, text);
        }
        long key = (Long) value;
        KeySet below = KeySet.below(key);
        KeySet upTo = KeySet.upTo(key);
        KeySet equal = KeySet.of(List.of(key));
        return switch (operator) {
            case "<" -> Optional.of(chooser(column, below, below.complement()));
            case "<=" -> Optional.of(chooser(column, upTo, upTo.complement()));
            case ">" -> Optional.of(chooser(column, upTo.complement(), upTo));
            case ">=" -> Optional.of(chooser(column, below.complement(), below));
            case "=" -> Optional.of(chooser(column, equal, equal.complement()));
            case "<>" -> Optional.of(chooser(column, equal.complement(), equal));
            case "<=>" -> Optional.of(chooser(column, equal, equal.complement().orNull()));
            default -> Optional.empty();
        };
    }

    /** Texts are never null. */
    private static Optional<TernaryRowChooser> compareText(ValueExpression column, String operator, UTF8String text) {
        return switch (operator) {
            case "<" -> Optional.of(text(column, TextSet.Comparison.LESS, text));
            case "<=" ->
                Optional.of(
                        text(column, TextSet.Comparison.LESS, text).or(text(column, TextSet.Comparison.EQUAL, text)));
            case ">" ->
                Optional.of(text(column, TextSet.Comparison.LESS, text)
                        .or(text(column, TextSet.Comparison.EQUAL, text))
                        .not());
            case ">=" -> Optional.of(text(column, TextSet.Comparison.LESS, text).not());
            case "=", "<=>" -> Optional.of(text(column, TextSet.Comparison.EQUAL, text));
            case "<>" ->
                Optional.of(text(column, TextSet.Comparison.EQUAL, text).not());
            case "STARTS_WITH" -> Optional.of(text(column, TextSet.Comparison.STARTS, text));
            case "ENDS_WITH" -> Optional.of(text(column, TextSet.Comparison.ENDS, text));
            case "CONTAINS" -> Optional.of(text(column, TextSet.Comparison.CONTAINS, text));
            default -> Optional.empty();
        };
    }

    private static TernaryRowChooser text(ValueExpression column, TextSet.Comparison comparison, UTF8String... texts) {
        TextSet set = TextSet.of(comparison, List.of(texts));
        return chooser(column, set, set.complement());
    }

    private static TernaryRowChooser chooser(ValueExpression column, ValueSet whenTrue, ValueSet whenFalse) {
        return new TernaryRowChooser(RowChooser.in(column, whenTrue), RowChooser.in(column, whenFalse));
    }

    /** Empty for 0.0 in a column of floats: Spark looks up the values of a long IN in a set, where -0.0 is not 0.0. */
    @Override
    Optional<TernaryRowChooser> in(ValueExpression column, List<Object> values) {
        boolean isFloat =
                column.type().equals(DataTypes.FloatType) || column.type().equals(DataTypes.DoubleType);
        if (isFloat && values.contains(0L)) {
            return Optional.empty();
        }
        if (column.type().equals(DataTypes.StringType)) {
            return Optional.of(text(column, TextSet.Comparison.EQUAL, values.toArray(UTF8String[]::new)));
        }
        List<Long> keys = new ArrayList<>();
        values.forEach(value -> keys.add((Long) value));
        KeySet set = KeySet.of(keys);
        return Optional.of(chooser(column, set, set.complement()));
    }
}
