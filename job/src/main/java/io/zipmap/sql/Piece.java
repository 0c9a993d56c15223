package io.zipmap.sql;

/** Rows of one array, from {@code fromRow} up to but not including {@code toRow}. Immutable. */
record Piece(FoundArray array, long fromRow, long toRow) {
    static Piece whole(FoundArray array) {
        return new Piece(array, 0, array.rows());
    }

    long rows() {
        return toRow - fromRow;
    }

    long bytes() {
        return rows() * array.rowBytes();
    }

    Piece part(long from, long to) {
        return new Piece(array, from, to);
    }
}
