package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.TableColumns;
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

/**
 * Translates predicates that compare columns of values with literals of the same type. The result is true if the
 * predicate holds for every row with values in the given ranges, false if it holds for none, and unknown otherwise.
 */
final class ZonePredicateTranslator extends PredicateTranslator<ColumnRef, Object, TernaryPredicate<ColumnRanges>> {
    /** A longer IN takes longer to test than the blocks it excludes take to read. */
    private static final int MOST_IN_OPERANDS = 1000;

    private final TableColumns table;

    /** @param table the columns; none of those that are translated holds nulls */
    ZonePredicateTranslator(TableColumns table) {
        super(MOST_IN_OPERANDS);
        this.table = table;
    }

    /** The columns of values that a predicate uses. */
    List<ColumnRef> columns(Predicate predicate) {
        return Arrays.stream(predicate.references())
                .flatMap(reference -> column(reference).stream())
                .toList();
    }

    /** One translated side is enough to exclude rows: the other side counts as unknown. */
    @Override
    Optional<TernaryPredicate<ColumnRanges>> and(
            Optional<TernaryPredicate<ColumnRanges>> left, Optional<TernaryPredicate<ColumnRanges>> right) {
        TernaryPredicate<ColumnRanges> unknown = ranges -> null;
        return left.isEmpty() && right.isEmpty()
                ? Optional.empty()
                : Optional.of(left.orElse(unknown).and(right.orElse(unknown)));
    }

    /** A literal may also stand on the left. */
    @Override
    Optional<TernaryPredicate<ColumnRanges>> comparison(String operator, Expression left, Expression right) {
        return column(left).isPresent()
                ? super.comparison(operator, left, right)
                : super.comparison(mirrored(operator), right, left);
    }

    @Override
    Optional<ColumnRef> column(Expression expression) {
        return expression instanceof NamedReference reference
                        && !table.areMerged()
                        && reference.fieldNames().length == 1
                        && table.has(reference.fieldNames()[0])
                ? Optional.of(table.ref(reference.fieldNames()[0]))
                        .filter(column -> !column.isHidden() && !(column.type() instanceof ArrayType))
                : Optional.empty();
    }

    @Override
    Optional<Object> literal(ColumnRef column, Expression expression) {
        return expression instanceof Literal<?> literal && isComparable(literal.dataType(), column.type())
                ? Optional.ofNullable(literal.value())
                : Optional.empty();
    }

    /** Decimals compare by value, whatever their precision. */
    private static boolean isComparable(DataType one, DataType other) {
        return one.equals(other) || (one instanceof DecimalType && other instanceof DecimalType);
    }

    @Override
    Optional<TernaryPredicate<ColumnRanges>> compare(ColumnRef column, String operator, Object value) {
        return switch (operator) {
            case "<" -> Optional.of(below(column, value, false));
            case "<=" -> Optional.of(below(column, value, true));
            case ">" -> Optional.of(below(column, value, true).not());
            case ">=" -> Optional.of(below(column, value, false).not());
            case "=", "<=>" -> Optional.of(equal(column, value));
            case "<>" -> Optional.of(equal(column, value).not());
            default -> Optional.empty();
        };
    }

    private static TernaryPredicate<ColumnRanges> equal(ColumnRef column, Object value) {
        return ranges -> {
            ValueRange range = ranges.of(column);
            return range.isOnly(value) ? Boolean.TRUE : range.contains(value) ? null : Boolean.FALSE;
        };
    }

    /** @param inclusive whether {@code value} itself is accepted */
    private static TernaryPredicate<ColumnRanges> below(ColumnRef column, Object value, boolean inclusive) {
        int limit = inclusive ? 1 : 0;
        return ranges -> {
            ValueRange range = ranges.of(column);
            return ValueRange.compare(range.high(), value) < limit
                    ? Boolean.TRUE
                    : ValueRange.compare(range.low(), value) < limit ? null : Boolean.FALSE;
        };
    }

    /**
     * Never true: Spark looks up the values of a long IN in a set, where -0.0 and 0.0 differ. So rows whose only value
     * is in the list may still be rejected.
     */
    @Override
    Optional<TernaryPredicate<ColumnRanges>> in(ColumnRef column, List<Object> values) {
        return Optional.of(ranges -> values.stream().anyMatch(ranges.of(column)::contains) ? null : Boolean.FALSE);
    }
}
