package io.zipmap.sql.pushdown;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Translates predicates that use no columns but {@link KnownColumn}s.
 *
 * @param <A> what has one value of each column
 */
final class KnownPredicateTranslator<A> extends PredicateTranslator<KnownColumn<A>, Object, TernaryPredicate<A>> {
    private final Function<Expression, Optional<? extends KnownColumn<A>>> columns;

    /** @param columns finds the column that an expression names; empty if it is no known column */
    KnownPredicateTranslator(Function<Expression, Optional<? extends KnownColumn<A>>> columns) {
        super(Integer.MAX_VALUE);
        this.columns = columns;
    }

    private interface Comparison<T> extends Serializable {
        boolean test(T one, T other);
    }

    @Override
    Optional<TernaryPredicate<A>> constant(boolean value) {
        return Optional.of(subject -> value);
    }

    @Override
    Optional<TernaryPredicate<A>> isNull(KnownColumn<A> column) {
        return Optional.of(subject -> column.value(subject) == null);
    }

    @Override
    Optional<KnownColumn<A>> column(Expression expression) {
        return columns.apply(expression).map(Function.identity());
    }

    /** A string is compared byte by byte; strings with a collation stay with Spark. */
    @Override
    Optional<Object> literal(KnownColumn<A> column, Expression expression) {
        return expression instanceof Literal<?> literal
                        && literal.dataType().equals(column.type())
                        && !(column.type() instanceof BinaryType)
                ? Optional.ofNullable(literal.value())
                : Optional.empty();
    }

    @Override
    Optional<TernaryPredicate<A>> compare(KnownColumn<A> column, String operator, Object value) {
        return switch (operator) {
            case "=" -> ordered(column, value, order -> order == 0);
            case "<>" -> ordered(column, value, order -> order != 0);
            case "<" -> ordered(column, value, order -> order < 0);
            case "<=" -> ordered(column, value, order -> order <= 0);
            case ">" -> ordered(column, value, order -> order > 0);
            case ">=" -> ordered(column, value, order -> order >= 0);
            case "STARTS_WITH" -> text(column, value, UTF8String::startsWith);
            case "ENDS_WITH" -> text(column, value, UTF8String::endsWith);
            case "CONTAINS" -> text(column, value, UTF8String::contains);
            default -> Optional.empty();
        };
    }

    private interface Order extends Serializable {
        boolean holds(int order);
    }

    private static <A> Optional<TernaryPredicate<A>> ordered(KnownColumn<A> column, Object value, Order accepted) {
        return comparing(column, value, (one, other) -> accepted.holds(KnownColumn.compare(one, other)));
    }

    private static <A> Optional<TernaryPredicate<A>> text(
            KnownColumn<A> column, Object value, Comparison<UTF8String> comparison) {
        return value instanceof UTF8String
                ? comparing(column, value, (one, other) -> comparison.test((UTF8String) one, (UTF8String) other))
                : Optional.empty();
    }

    private static <A> Optional<TernaryPredicate<A>> comparing(
            KnownColumn<A> column, Object value, Comparison<Object> comparison) {
        return Optional.of(subject -> {
            Object one = column.value(subject);
            return one == null ? null : comparison.test(one, value);
        });
    }

    @Override
    Optional<TernaryPredicate<A>> in(KnownColumn<A> column, List<Object> values) {
        // Equal numbers of these types may be different objects, as 0.0 and -0.0.
        boolean isExact = !(column.type() instanceof FractionalType);
        Set<Object> set = isExact ? Set.copyOf(values) : Set.of();
        return Optional.of(subject -> {
            Object one = column.value(subject);
            if (one == null) {
                return null;
            }
            return isExact
                    ? set.contains(one)
                    : values.stream().anyMatch(value -> KnownColumn.compare(one, value) == 0);
        });
    }
}
