package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How much a selection has. Immutable. */
public record RowsAndBytes(long rows, long bytes) {
    public static RowsAndBytes of(Inventory inventory, Selection selection) {
        if (selection.equals(Selection.ALL)) {
            return new RowsAndBytes(inventory.rows(), inventory.bytes());
        }
        long[] sums = new long[2];
        try {
            selection.pieces(inventory, piece -> {
                sums[0] += piece.rows();
                sums[1] += piece.bytes();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return new RowsAndBytes(sums[0], sums[1]);
    }
}
