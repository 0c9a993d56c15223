package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.MetadataField;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;

/** Translates predicates that use no column but {@code _row}, which is never null. */
final class RowPredicateTranslator extends PredicateTranslator<MetadataField, Long, RowRanges> {
    /** A longer IN would make too many ranges. */
    private static final int MOST_IN_OPERANDS = 1000;

    RowPredicateTranslator() {
        super(MOST_IN_OPERANDS);
    }

    @Override
    Optional<RowRanges> isNull(MetadataField column) {
        return Optional.of(RowRanges.NONE);
    }

    @Override
    Optional<MetadataField> column(Expression expression) {
        return expression instanceof NamedReference reference
                        && reference.fieldNames().length == 1
                        && reference.fieldNames()[0].equals(MetadataField.ROW.name())
                ? Optional.of(MetadataField.ROW)
                : Optional.empty();
    }

    @Override
    Optional<Long> literal(MetadataField column, Expression expression) {
        return expression instanceof Literal<?> literal && literal.value() instanceof Long value
                ? Optional.of(value)
                : Optional.empty();
    }

    @Override
    Optional<RowRanges> compare(MetadataField column, String operator, Long value) {
        return switch (operator) {
            case "<" -> Optional.of(RowRanges.of(0, value));
            case "<=" -> Optional.of(RowRanges.of(0, value).or(RowRanges.row(value)));
            case ">" -> Optional.of(value == Long.MAX_VALUE ? RowRanges.NONE : RowRanges.from(value + 1));
            case ">=" -> Optional.of(RowRanges.from(value));
            case "=", "<=>" -> Optional.of(RowRanges.row(value));
            case "<>" -> Optional.of(RowRanges.row(value).not());
            default -> Optional.empty();
        };
    }

    @Override
    Optional<RowRanges> in(MetadataField column, List<Long> values) {
        RowRanges rows = RowRanges.NONE;
        for (long value : values) {
            rows = rows.or(RowRanges.row(value));
        }
        return Optional.of(rows);
    }
}
