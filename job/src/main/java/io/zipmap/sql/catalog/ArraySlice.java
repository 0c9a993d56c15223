package io.zipmap.sql.catalog;

/** Rows of one array, from {@code fromRow} up to but not including {@code toRow}. Immutable. */
public record ArraySlice(FoundArray array, long fromRow, long toRow) {
    public static ArraySlice whole(FoundArray array) {
        return new ArraySlice(array, 0, array.rows());
    }

    public long rows() {
        return toRow - fromRow;
    }

    public long bytes() {
        return rows() * array.rowBytes();
    }

    public ArraySlice part(long from, long to) {
        return new ArraySlice(array, from, to);
    }
}
