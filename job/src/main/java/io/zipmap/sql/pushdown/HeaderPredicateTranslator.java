package io.zipmap.sql.pushdown;

import io.zipmap.plan.ArrayColumns;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.MetadataField;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Translates predicates on the table {@code arrays} that use no columns but texts and numbers that the headers tell.
 */
final class HeaderPredicateTranslator extends PredicateTranslator<StructField, Object, TernaryPredicate<FoundArray>> {
    HeaderPredicateTranslator() {
        super(Integer.MAX_VALUE);
    }

    /** The column of {@code arrays} that has this name or that this hidden column repeats; empty for all others. */
    static Optional<StructField> comparable(String name) {
        String column = name.equals(MetadataField.ARCHIVE.name())
                ? ArrayColumns.ARCHIVE
                : name.equals(MetadataField.ENTRY.name()) ? ArrayColumns.ENTRY : name;
        return Arrays.stream(ArrayColumns.LIVE.fields())
                .filter(field -> field.name().equals(column) && !ArrayColumns.needsFile(column))
                .filter(field -> !(field.dataType() instanceof ArrayType))
                .findFirst();
    }

    private static @Nullable Object value(FoundArray array, StructField column) {
        Object value = ArrayColumns.ofDescription(column.name(), array);
        return value instanceof String text ? UTF8String.fromString(text) : value;
    }

    @Override
    Optional<StructField> column(Expression expression) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? comparable(reference.fieldNames()[0])
                : Optional.empty();
    }

    /** A literal of the column's type; strings with a collation stay with Spark. */
    @Override
    Optional<Object> literal(StructField column, Expression expression) {
        return expression instanceof Literal<?> literal && literal.dataType().equals(column.dataType())
                ? Optional.ofNullable(literal.value())
                : Optional.empty();
    }

    @Override
    Optional<TernaryPredicate<FoundArray>> constant(boolean value) {
        return Optional.of(array -> value);
    }

    @Override
    Optional<TernaryPredicate<FoundArray>> isNull(StructField column) {
        return Optional.of(array -> value(array, column) == null);
    }

    @Override
    Optional<TernaryPredicate<FoundArray>> compare(StructField column, String operator, Object literal) {
        return switch (operator) {
            case "=" -> comparing(column, literal, order -> order == 0);
            case "<>" -> comparing(column, literal, order -> order != 0);
            case "<" -> comparing(column, literal, order -> order < 0);
            case "<=" -> comparing(column, literal, order -> order <= 0);
            case ">" -> comparing(column, literal, order -> order > 0);
            case ">=" -> comparing(column, literal, order -> order >= 0);
            case "STARTS_WITH", "ENDS_WITH", "CONTAINS" ->
                Optional.of(array -> {
                    Object value = value(array, column);
                    return value == null ? null : matches(operator, (UTF8String) value, (UTF8String) literal);
                });
            default -> Optional.empty();
        };
    }

    private static Optional<TernaryPredicate<FoundArray>> comparing(
            StructField column, Object literal, IntPredicate holds) {
        return Optional.of(array -> {
            Object value = value(array, column);
            return value == null ? null : holds.test(order(value, literal));
        });
    }

    private static int order(Object one, Object other) {
        return one instanceof UTF8String text
                ? text.compareTo((UTF8String) other)
                : Long.compare(((Number) one).longValue(), ((Number) other).longValue());
    }

    private static boolean matches(String operator, UTF8String value, UTF8String text) {
        return switch (operator) {
            case "STARTS_WITH" -> value.startsWith(text);
            case "ENDS_WITH" -> value.endsWith(text);
            default -> value.contains(text);
        };
    }

    @Override
    TernaryPredicate<FoundArray> in(StructField column, List<Object> literals) {
        Set<Object> set = new HashSet<>(literals);
        return array -> {
            Object value = value(array, column);
            return value == null ? null : set.contains(value);
        };
    }
}
