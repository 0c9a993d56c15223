package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.MetadataField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Translates Spark's predicates, as far as they speak of {@code _archive} and {@code _entry} alone. */
public final class NamePredicates {
    private NamePredicates() {}

    /** Empty for a predicate that Spark has to evaluate itself. */
    public static Optional<NamePredicate> of(Predicate predicate) {
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "ALWAYS_TRUE" -> Optional.of((archive, entry) -> true);
            case "ALWAYS_FALSE" -> Optional.of((archive, entry) -> false);
            case "AND" -> both(children, NamePredicate::and);
            case "OR" -> both(children, NamePredicate::or);
            case "NOT" -> nested(children[0]).map(NamePredicate::not);
            case "IS_NULL" -> column(children[0]).map(column -> (archive, entry) -> column.of(archive, entry) == null);
            case "IS_NOT_NULL" ->
                column(children[0]).map(column -> (archive, entry) -> column.of(archive, entry) != null);
            case "IN" -> in(children);
            case "=" -> compare(children, (a, b) -> a.equals(b));
            case "<>" -> compare(children, (a, b) -> !a.equals(b));
            case "<" -> compare(children, (a, b) -> a.compareTo(b) < 0);
            case "<=" -> compare(children, (a, b) -> a.compareTo(b) <= 0);
            case ">" -> compare(children, (a, b) -> a.compareTo(b) > 0);
            case ">=" -> compare(children, (a, b) -> a.compareTo(b) >= 0);
            case "STARTS_WITH" -> compare(children, UTF8String::startsWith);
            case "ENDS_WITH" -> compare(children, UTF8String::endsWith);
            case "CONTAINS" -> compare(children, UTF8String::contains);
            default -> Optional.empty();
        };
    }

    private interface Column {
        @Nullable
        UTF8String of(UTF8String archive, @Nullable UTF8String entry);
    }

    private interface Join {
        NamePredicate of(NamePredicate one, NamePredicate other);
    }

    private static Optional<Column> column(Expression expression) {
        if (expression instanceof NamedReference reference && reference.fieldNames().length == 1) {
            if (reference.fieldNames()[0].equals(MetadataField.ARCHIVE.name())) {
                return Optional.of((archive, entry) -> archive);
            }
            if (reference.fieldNames()[0].equals(MetadataField.ENTRY.name())) {
                return Optional.of((archive, entry) -> entry);
            }
        }
        return Optional.empty();
    }

    private static Optional<NamePredicate> nested(Expression expression) {
        return expression instanceof Predicate predicate ? of(predicate) : Optional.empty();
    }

    private static Optional<NamePredicate> both(Expression[] children, Join join) {
        return nested(children[0]).flatMap(one -> nested(children[1]).map(other -> join.of(one, other)));
    }

    /** Of a plain string, whose bytes are what counts; one with a collation is left to Spark. */
    private static Optional<UTF8String> text(Expression expression) {
        return expression instanceof Literal<?> literal
                        && literal.dataType().equals(DataTypes.StringType)
                        && literal.value() instanceof UTF8String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<NamePredicate> compare(Expression[] children, BiPredicate<UTF8String, UTF8String> holds) {
        return column(children[0])
                .flatMap(column -> text(children[1]).map(text -> (archive, entry) -> {
                    UTF8String value = column.of(archive, entry);
                    return value == null ? null : holds.test(value, text);
                }));
    }

    private static Optional<NamePredicate> in(Expression[] children) {
        Optional<Column> column = column(children[0]);
        List<UTF8String> texts = new ArrayList<>();
        for (int i = 1; i < children.length; i++) {
            text(children[i]).ifPresent(texts::add);
        }
        if (column.isEmpty() || texts.size() != children.length - 1) {
            return Optional.empty();
        }
        Column of = column.get();
        Set<UTF8String> set = Set.copyOf(texts);
        return Optional.of((archive, entry) -> {
            UTF8String value = of.of(archive, entry);
            return value == null ? null : set.contains(value);
        });
    }
}
