package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Translates Spark's predicates, as far as they compare columns of values with literals of the same type. */
final class ZonePredicates {
    /** Values of an IN that are worth a look each. */
    private static final int MOST_VALUES = 1000;

    /** Without nulls. */
    private final StructType table;

    ZonePredicates(StructType table) {
        this.table = table;
    }

    /** Empty for a predicate of which extremes tell nothing. */
    Optional<ZonePredicate> of(Predicate predicate) {
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "AND" -> both(nested(children[0]), nested(children[1]));
            case "OR" -> nested(children[0]).flatMap(one -> nested(children[1]).map(one::or));
            case "NOT" -> nested(children[0]).map(ZonePredicate::not);
            case "IN" -> in(children);
            case "=", "<=>", "<>", "<", "<=", ">", ">=" -> compare(predicate.name(), children);
            default -> Optional.empty();
        };
    }

    private Optional<ZonePredicate> nested(Expression expression) {
        return expression instanceof Predicate predicate ? of(predicate) : Optional.empty();
    }

    /** One side alone tells something too: of what the other says nothing is known. */
    private static Optional<ZonePredicate> both(Optional<ZonePredicate> one, Optional<ZonePredicate> other) {
        ZonePredicate unknown = rows -> null;
        return one.isEmpty() && other.isEmpty()
                ? Optional.empty()
                : Optional.of(one.orElse(unknown).and(other.orElse(unknown)));
    }

    private Optional<ZonePredicate> compare(String operator, Expression[] children) {
        Optional<ColumnRef> column = column(children[0]);
        return column.isPresent()
                ? value(children[1], column.get()).map(value -> compare(column.get(), operator, value))
                : column(children[1])
                        .flatMap(right ->
                                value(children[0], right).map(value -> compare(right, turned(operator), value)));
    }

    /** The operator that says the same with its sides exchanged. */
    private static String turned(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private static ZonePredicate compare(ColumnRef column, String operator, Object value) {
        return switch (operator) {
            case "<" -> below(column, value, false);
            case "<=" -> below(column, value, true);
            case ">" -> below(column, value, true).not();
            case ">=" -> below(column, value, false).not();
            case "<>" -> equal(column, value).not();
            default -> equal(column, value);
        };
    }

    private static ZonePredicate equal(ColumnRef column, Object value) {
        return rows -> {
            ValueRange span = rows.span(column);
            return span.isOnly(value) ? Boolean.TRUE : span.has(value) ? null : Boolean.FALSE;
        };
    }

    /** @param too whether the value itself counts */
    private static ZonePredicate below(ColumnRef column, Object value, boolean too) {
        int limit = too ? 1 : 0;
        return rows -> {
            ValueRange span = rows.span(column);
            return ValueRange.compare(span.high(), value) < limit
                    ? Boolean.TRUE
                    : ValueRange.compare(span.low(), value) < limit ? null : Boolean.FALSE;
        };
    }

    /** Never true of all: of more than some values Spark looks them up in a set, in which -0.0 is not 0.0. */
    private Optional<ZonePredicate> in(Expression[] children) {
        Optional<ColumnRef> column = column(children[0]);
        if (column.isEmpty() || children.length > MOST_VALUES) {
            return Optional.empty();
        }
        ColumnRef of = column.get();
        List<Object> values = new ArrayList<>();
        Arrays.stream(children, 1, children.length)
                .forEach(child -> value(child, of).ifPresent(values::add));
        return values.size() < children.length - 1
                ? Optional.empty()
                : Optional.of(rows -> values.stream().anyMatch(rows.span(of)::has) ? null : Boolean.FALSE);
    }

    /** The columns of values that a predicate speaks of. */
    List<ColumnRef> columns(Predicate predicate) {
        return Arrays.stream(predicate.references())
                .flatMap(reference -> column(reference).stream())
                .toList();
    }

    private Optional<ColumnRef> column(Expression expression) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? Optional.of(ColumnRef.of(reference.fieldNames()[0], table))
                        .filter(column -> !column.isHidden() && !(column.type() instanceof ArrayType))
                : Optional.empty();
    }

    private static Optional<Object> value(Expression expression, ColumnRef column) {
        return expression instanceof Literal<?> literal && isAlike(literal.dataType(), column.type())
                ? Optional.ofNullable(literal.value())
                : Optional.empty();
    }

    /** Decimals are compared by value, whatever their precision. */
    private static boolean isAlike(DataType one, DataType other) {
        return one.equals(other) || (one instanceof DecimalType && other instanceof DecimalType);
    }
}
