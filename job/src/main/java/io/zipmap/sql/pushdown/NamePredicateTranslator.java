package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.MetadataField;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Translates predicates that use no column but {@code _archive} and {@code _entry}. */
final class NamePredicateTranslator
        extends PredicateTranslator<NamePredicateTranslator.Column, UTF8String, TernaryPredicate<ArrayNames>> {
    NamePredicateTranslator() {
        super(Integer.MAX_VALUE);
    }

    /** One of the two columns. */
    enum Column {
        ARCHIVE,
        ENTRY;

        @Nullable
        UTF8String of(ArrayNames names) {
            return this == ARCHIVE ? names.archive() : names.entry();
        }
    }

    private interface Comparison extends Serializable {
        boolean test(UTF8String one, UTF8String other);
    }

    @Override
    Optional<TernaryPredicate<ArrayNames>> constant(boolean value) {
        return Optional.of(names -> value);
    }

    @Override
    Optional<TernaryPredicate<ArrayNames>> isNull(Column column) {
        return Optional.of(names -> column.of(names) == null);
    }

    @Override
    Optional<Column> column(Expression expression) {
        if (expression instanceof NamedReference reference && reference.fieldNames().length == 1) {
            if (reference.fieldNames()[0].equals(MetadataField.ARCHIVE.name())) {
                return Optional.of(Column.ARCHIVE);
            }
            if (reference.fieldNames()[0].equals(MetadataField.ENTRY.name())) {
                return Optional.of(Column.ENTRY);
            }
        }
        return Optional.empty();
    }

    /** A string that is compared byte by byte; strings with a collation stay with Spark. */
    @Override
    Optional<UTF8String> literal(Column column, Expression expression) {
        return expression instanceof Literal<?> literal
                        && literal.dataType().equals(DataTypes.StringType)
                        && literal.value() instanceof UTF8String text
                ? Optional.of(text)
                : Optional.empty();
    }

    @Override
    Optional<TernaryPredicate<ArrayNames>> compare(Column column, String operator, UTF8String text) {
        return switch (operator) {
            case "=" -> comparing(column, text, (a, b) -> a.equals(b));
            case "<>" -> comparing(column, text, (a, b) -> !a.equals(b));
            case "<" -> comparing(column, text, (a, b) -> a.compareTo(b) < 0);
            case "<=" -> comparing(column, text, (a, b) -> a.compareTo(b) <= 0);
            case ">" -> comparing(column, text, (a, b) -> a.compareTo(b) > 0);
            case ">=" -> comparing(column, text, (a, b) -> a.compareTo(b) >= 0);
            case "STARTS_WITH" -> comparing(column, text, UTF8String::startsWith);
            case "ENDS_WITH" -> comparing(column, text, UTF8String::endsWith);
            case "CONTAINS" -> comparing(column, text, UTF8String::contains);
            default -> Optional.empty();
        };
    }

    private static Optional<TernaryPredicate<ArrayNames>> comparing(
            Column column, UTF8String text, Comparison comparison) {
        return Optional.of(names -> {
            UTF8String value = column.of(names);
            return value == null ? null : comparison.test(value, text);
        });
    }

    @Override
    TernaryPredicate<ArrayNames> in(Column column, List<UTF8String> texts) {
        Set<UTF8String> set = Set.copyOf(texts);
        return names -> {
            UTF8String value = column.of(names);
            return value == null ? null : set.contains(value);
        };
    }
}
