package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How much a selection has. Immutable. */
public record SelectionSize(long rows, long bytes) {
    public static SelectionSize of(Inventory inventory, Selection selection) {
        if (selection.isAll()) {
            return new SelectionSize(inventory.rows(), inventory.bytes());
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
        return new SelectionSize(sums[0], sums[1]);
    }
}
