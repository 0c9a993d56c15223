package io.zipmap.sql.pushdown;

import io.zipmap.sql.vector.Comparison;
import io.zipmap.sql.vector.PlainVector;

/** Chooses the rows for which a comparison of two expressions is true. Immutable. */
final class RowsCompared implements RowChooser {
    private static final long serialVersionUID = 1L;

    private final ValueExpression left;
    private final Comparison comparison;
    private final ValueExpression right;

    /**
     * @param left of numbers or bools
     * @param right of the same type
     */
    RowsCompared(ValueExpression left, Comparison comparison, ValueExpression right) {
        this.left = left.wide();
        this.comparison = comparison;
        this.right = right.wide();
    }

    @Override
    public int select(BatchValues values, int[] rows, int count) {
        PlainVector one = values.of(left, rows, count);
        return comparison.select(one, values.of(right, rows, count), rows, count);
    }
}
