package io.zipmap.plan;

/**
 * Cuts the rows of an array into slices of equally many rows; the last may have fewer. Immutable.
 *
 * @param sliceRows at least 1
 */
public record RowSlicer(long sliceRows) {
    /** Slices of at most {@code sliceBytes} bytes, but of one row at least. */
    public static RowSlicer ofBytes(long sliceBytes, long rowBytes) {
        return new RowSlicer(Math.max(1, sliceBytes / rowBytes));
    }

    /** The row after the last of the slice that holds {@code row}, in an array of {@code rows} rows. */
    public long sliceEnd(long row, long rows) {
        long sliceStart = row - row % sliceRows;
        return rows - sliceStart > sliceRows ? sliceStart + sliceRows : rows;
    }

    /** Whether the rows from {@code fromRow} to {@code toRow}, excluded, are exactly one slice. */
    public boolean isSlice(long fromRow, long toRow, long rows) {
        return fromRow % sliceRows == 0 && toRow == sliceEnd(fromRow, rows);
    }
}
