package io.zipmap.sql.catalog;

/** A range of rows of one row group, from {@code fromRow} to {@code toRow}, exclusive. Immutable. */
public record RowSlice(RowGroup group, long fromRow, long toRow) {
    /** All rows of a group. */
    public static RowSlice whole(RowGroup group) {
        return new RowSlice(group, 0, group.rows());
    }

    public long rows() {
        return toRow - fromRow;
    }

    /** Bytes of all columns of these rows. */
    public long bytes() {
        return rows() * group.rowBytes();
    }

    /** Other rows of the same group. */
    public RowSlice part(long from, long to) {
        return new RowSlice(group, from, to);
    }
}
