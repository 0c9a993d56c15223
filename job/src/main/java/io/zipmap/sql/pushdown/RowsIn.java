package io.zipmap.sql.pushdown;

import io.zipmap.sql.vector.KeySet;
import io.zipmap.sql.vector.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the rows whose value of an expression is in a set. Two tests of one expression are one test of one set, so
 * that each value is tested once, however many comparisons AND and OR join. Immutable.
 */
final class RowsIn implements RowChooser {
    private static final long serialVersionUID = 1L;

    private final ValueExpression expression;
    private final ValueSet set;

    RowsIn(ValueExpression expression, ValueSet set) {
        this.expression = expression;
        this.set = set;
    }

    @Override
    public int select(BatchValues values, int[] rows, int count) {
        return set.select(values.of(expression, rows, count), rows, count);
    }

    @Override
    public int selectAll(BatchValues values, int[] rows, int count) {
        // The values of a column are there; to compute others takes row numbers.
        return expression.column().isPresent()
                ? set.selectAll(values.of(expression, rows, count), rows, count)
                : RowChooser.super.selectAll(values, rows, count);
    }

    @Override
    public RowChooser and(RowChooser other) {
        return set instanceof KeySet mine && keysOf(other) instanceof KeySet more
                ? new RowsIn(expression, mine.intersection(more))
                : RowChooser.super.and(other);
    }

    @Override
    public RowChooser or(RowChooser other) {
        return set instanceof KeySet mine && keysOf(other) instanceof KeySet more
                ? new RowsIn(expression, mine.union(more))
                : RowChooser.super.or(other);
    }

    /** The keys that the other test accepts, if it tests the same expression; else null. */
    private @Nullable ValueSet keysOf(RowChooser other) {
        return other instanceof RowsIn test && test.expression.equals(expression) ? test.set : null;
    }
}
