package io.zipmap.sql.catalog;

/** Rows of one array, from {@code fromRow} up to but not including {@code toRow}. Immutable. */
public record ArrayRows(FoundArray array, long fromRow, long toRow) {
    public static ArrayRows whole(FoundArray array) {
        return new ArrayRows(array, 0, array.rows());
    }

    public long rows() {
        return toRow - fromRow;
    }

    public long bytes() {
        return rows() * array.rowBytes();
    }

    public ArrayRows part(long from, long to) {
        return new ArrayRows(array, from, to);
    }
}
