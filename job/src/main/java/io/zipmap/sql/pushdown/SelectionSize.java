package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.error.QueryErrors;
import java.io.IOException;

/** The number of rows of a selection, and the bytes of those rows with all columns. Immutable. */
public record SelectionSize(long rows, long bytes) {
    public static SelectionSize of(Inventory inventory, Selection selection) {
        if (selection.isAll()) {
            return new SelectionSize(inventory.rows(), inventory.bytes());
        }
        long[] sums = new long[2];
        try {
            selection.forEach(inventory, slice -> {
                sums[0] += slice.rows();
                sums[1] += slice.bytes();
            });
        } catch (IOException e) {
            throw QueryErrors.of(e);
        }
        return new SelectionSize(sums[0], sums[1]);
    }
}
