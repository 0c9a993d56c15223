package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.FoundArray;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.unsafe.types.UTF8String;

/** Translates predicates on the table {@code arrays} that use {@link HeaderColumn}s alone. */
final class HeaderPredicateTranslator extends PredicateTranslator<HeaderColumn, Object, TernaryPredicate<FoundArray>> {
    HeaderPredicateTranslator() {
        super(Integer.MAX_VALUE);
    }

    @Override
    Optional<HeaderColumn> column(Expression expression) {
        return HeaderColumn.of(expression);
    }

    /** A literal of the column's type; strings with a collation stay with Spark. */
    @Override
    Optional<Object> literal(HeaderColumn column, Expression expression) {
        return expression instanceof Literal<?> literal && literal.dataType().equals(column.type())
                ? Optional.ofNullable(literal.value())
                : Optional.empty();
    }

    @Override
    Optional<TernaryPredicate<FoundArray>> constant(boolean value) {
        return Optional.of(array -> value);
    }

    @Override
    Optional<TernaryPredicate<FoundArray>> isNull(HeaderColumn column) {
        return Optional.of(array -> column.value(array) == null);
    }

    @Override
    Optional<TernaryPredicate<FoundArray>> compare(HeaderColumn column, String operator, Object literal) {
        return switch (operator) {
            case "=" -> comparing(column, literal, order -> order == 0);
            case "<>" -> comparing(column, literal, order -> order != 0);
            case "<" -> comparing(column, literal, order -> order < 0);
            case "<=" -> comparing(column, literal, order -> order <= 0);
            case ">" -> comparing(column, literal, order -> order > 0);
            case ">=" -> comparing(column, literal, order -> order >= 0);
            case "STARTS_WITH", "ENDS_WITH", "CONTAINS" ->
                Optional.of(array -> {
                    Object value = column.value(array);
                    return value == null ? null : matches(operator, (UTF8String) value, (UTF8String) literal);
                });
            default -> Optional.empty();
        };
    }

    private static Optional<TernaryPredicate<FoundArray>> comparing(
            HeaderColumn column, Object literal, IntPredicate holds) {
        return Optional.of(array -> {
            Object value = column.value(array);
            return value == null ? null : holds.test(HeaderColumn.compare(value, literal));
        });
    }

    private static boolean matches(String operator, UTF8String value, UTF8String text) {
        return switch (operator) {
            case "STARTS_WITH" -> value.startsWith(text);
            case "ENDS_WITH" -> value.endsWith(text);
            default -> value.contains(text);
        };
    }

    @Override
    TernaryPredicate<FoundArray> in(HeaderColumn column, List<Object> literals) {
        Set<Object> set = new HashSet<>(literals);
        return array -> {
            Object value = column.value(array);
            return value == null ? null : set.contains(value);
        };
    }
}
