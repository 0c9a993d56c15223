package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.PartitionColumns;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.unsafe.types.UTF8String;

/** Translates predicates that use no columns but {@code _archive}, {@code _entry} and those of partition folders. */
final class NamePredicateTranslator extends PredicateTranslator<NameColumn, Object, TernaryPredicate<ArrayNames>> {
    private final PartitionColumns partitions;

    NamePredicateTranslator(PartitionColumns partitions) {
        super(Integer.MAX_VALUE);
        this.partitions = partitions;
    }

    private interface Comparison<T> extends Serializable {
        boolean test(T one, T other);
    }

    @Override
    Optional<TernaryPredicate<ArrayNames>> constant(boolean value) {
        return Optional.of(names -> value);
    }

    @Override
    Optional<TernaryPredicate<ArrayNames>> isNull(NameColumn column) {
        return Optional.of(names -> column.of(names) == null);
    }

    @Override
    Optional<NameColumn> column(Expression expression) {
        return NameColumn.of(expression, partitions);
    }

    /** A string is compared byte by byte; strings with a collation stay with Spark. */
    @Override
    Optional<Object> literal(NameColumn column, Expression expression) {
        return expression instanceof Literal<?> literal
                        && literal.dataType().equals(column.type())
                        && !(column.type() instanceof BinaryType)
                ? Optional.ofNullable(literal.value())
                : Optional.empty();
    }

    @Override
    Optional<TernaryPredicate<ArrayNames>> compare(NameColumn column, String operator, Object value) {
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

    private static Optional<TernaryPredicate<ArrayNames>> ordered(NameColumn column, Object value, Order accepted) {
        return comparing(column, value, (one, other) -> accepted.holds(compare(one, other)));
    }

    private static Optional<TernaryPredicate<ArrayNames>> text(
            NameColumn column, Object value, Comparison<UTF8String> comparison) {
        return value instanceof UTF8String
                ? comparing(column, value, (one, other) -> comparison.test((UTF8String) one, (UTF8String) other))
                : Optional.empty();
    }

    private static int compare(Object one, Object other) {
        return one instanceof UTF8String text ? text.compareTo((UTF8String) other) : ValueRange.compare(one, other);
    }

    private static Optional<TernaryPredicate<ArrayNames>> comparing(
            NameColumn column, Object value, Comparison<Object> comparison) {
        return Optional.of(names -> {
            Object one = column.of(names);
            return one == null ? null : comparison.test(one, value);
        });
    }

    @Override
    TernaryPredicate<ArrayNames> in(NameColumn column, List<Object> values) {
        // Equal numbers of these types may be different objects, as 0.0 and -0.0.
        boolean isExact = !(column.type() instanceof FractionalType);
        Set<Object> set = isExact ? Set.copyOf(values) : Set.of();
        return names -> {
            Object one = column.of(names);
            if (one == null) {
                return null;
            }
            return isExact ? set.contains(one) : values.stream().anyMatch(value -> compare(one, value) == 0);
        };
    }
}
