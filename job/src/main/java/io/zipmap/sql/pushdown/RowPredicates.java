package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.MetadataField;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/** Translates Spark's predicates, as far as they speak of {@code _row} alone, which is never null. */
public final class RowPredicates {
    /** Values of an IN that are worth ranges of their own. */
    private static final int MOST_VALUES = 1000;

    private RowPredicates() {}

    /** Empty for a predicate that Spark has to evaluate itself. */
    public static Optional<RowRanges> of(Predicate predicate) {
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "AND" -> nested(children[0]).flatMap(one -> nested(children[1]).map(one::and));
            case "OR" -> nested(children[0]).flatMap(one -> nested(children[1]).map(one::or));
            case "NOT" -> nested(children[0]).map(RowRanges::not);
            case "IS_NULL" -> isRow(children[0]) ? Optional.of(RowRanges.NONE) : Optional.empty();
            case "IS_NOT_NULL" -> isRow(children[0]) ? Optional.of(RowRanges.ALL) : Optional.empty();
            case "IN" -> in(children);
            case "=", "<=>", "<>", "<", "<=", ">", ">=" -> compare(predicate.name(), children);
            default -> Optional.empty();
        };
    }

    private static Optional<RowRanges> nested(Expression expression) {
        return expression instanceof Predicate predicate ? of(predicate) : Optional.empty();
    }

    private static Optional<RowRanges> compare(String operator, Expression[] children) {
        return isRow(children[0]) ? number(children[1]).map(value -> compare(operator, value)) : Optional.empty();
    }

    private static RowRanges compare(String operator, long value) {
        return switch (operator) {
            case "<" -> RowRanges.of(0, value);
            case "<=" -> RowRanges.of(0, value).or(RowRanges.row(value));
            case ">" -> value == Long.MAX_VALUE ? RowRanges.NONE : RowRanges.from(value + 1);
            case ">=" -> RowRanges.from(value);
            case "<>" -> RowRanges.row(value).not();
            default -> RowRanges.row(value);
        };
    }

    private static Optional<RowRanges> in(Expression[] children) {
        if (!isRow(children[0]) || children.length > MOST_VALUES) {
            return Optional.empty();
        }
        RowRanges rows = RowRanges.NONE;
        for (int i = 1; i < children.length; i++) {
            Optional<Long> value = number(children[i]);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            rows = rows.or(RowRanges.row(value.get()));
        }
        return Optional.of(rows);
    }

    private static boolean isRow(Expression expression) {
        return expression instanceof NamedReference reference
                && reference.fieldNames().length == 1
                && reference.fieldNames()[0].equals(MetadataField.ROW.name());
    }

    private static Optional<Long> number(Expression expression) {
        return expression instanceof Literal<?> literal && literal.value() instanceof Long value
                ? Optional.of(value)
                : Optional.empty();
    }
}
