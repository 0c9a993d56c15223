package io.zipmap.sql.catalog;

/** A range of rows of one array, from {@code fromRow} to {@code toRow}, exclusive. Immutable. */
public record ArraySlice(FoundArray array, long fromRow, long toRow) {
    /** All rows of an array. */
    public static ArraySlice whole(FoundArray array) {
        return new ArraySlice(array, 0, array.rows());
    }

    public long rows() {
        return toRow - fromRow;
    }

    /** Bytes of all columns of these rows. */
    public long bytes() {
        return rows() * array.rowBytes();
    }

    /** Other rows of the same array. */
    public ArraySlice part(long from, long to) {
        return new ArraySlice(array, from, to);
    }
}
