package io.zipmap.sql.pushdown;

/** Chooses the rows that two choosers choose; the second one looks only at those of the first. Immutable. */
final class RowsOfBoth implements RowChooser {
    private static final long serialVersionUID = 1L;

    private final RowChooser first;
    private final RowChooser second;

    RowsOfBoth(RowChooser first, RowChooser second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public int select(BatchValues values, int[] rows, int count) {
        return second.select(values, rows, first.select(values, rows, count));
    }

    @Override
    public int selectAll(BatchValues values, int[] rows, int count) {
        return second.select(values, rows, first.selectAll(values, rows, count));
    }
}
