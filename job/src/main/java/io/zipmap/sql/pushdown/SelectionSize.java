package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.error.QueryErrors;
import java.io.IOException;

/**
 * The number of slices and rows of a selection, and the bytes of those rows with all columns. Immutable.
 *
 * @param slices neighbouring rows of one group, before slices are cut
 */
public record SelectionSize(long slices, long rows, long bytes) {
    public static SelectionSize of(Inventory inventory, SliceSelection selection) {
        if (selection.isAll()) {
            return new SelectionSize(inventory.groupCount(), inventory.rows(), inventory.bytes());
        }
        long[] sums = new long[3];
        try {
            selection.forEach(inventory, slice -> {
                sums[0]++;
                sums[1] += slice.rows();
                sums[2] += slice.bytes();
            });
        } catch (IOException e) {
            throw QueryErrors.of(e);
        }
        return new SelectionSize(sums[0], sums[1], sums[2]);
    }
}
