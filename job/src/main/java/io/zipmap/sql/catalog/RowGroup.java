package io.zipmap.sql.catalog;

import io.zipmap.archive.ArchiveRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arrays whose values together are rows of a table: one array in the table {@code elements}, the members of one
 * archive in {@code members}. All arrays have the same number of rows, except that an array without axes is a constant:
 * its value is in every row. Immutable.
 */
public final class RowGroup {
    private final List<FoundArray> arrays;

    private RowGroup(List<FoundArray> arrays) {
        this.arrays = arrays;
    }

    public static RowGroup of(FoundArray array) {
        return new RowGroup(List.of(array));
    }

    /**
     * @param arrays of one archive, at least one; a column finds its array by its position here, or by its name if
     *     schemas are merged
     */
    public static RowGroup of(List<FoundArray> arrays) {
        return new RowGroup(List.copyOf(arrays));
    }

    public List<FoundArray> arrays() {
        return arrays;
    }

    public FoundArray array(int member) {
        return arrays.get(member);
    }

    public ArchiveRef archive() {
        return arrays.get(0).archive();
    }

    /** The entry of the rows in the table {@code elements}; null for a bare .npy file. */
    public @Nullable String entry() {
        return arrays.get(0).entry();
    }

    /** Length of the first axis; 1 if no array has an axis. */
    public long rows() {
        for (FoundArray array : arrays) {
            if (!array.isConstant()) {
                return array.rows();
            }
        }
        return 1;
    }

    /** Bytes of one row, at least 1. */
    public long rowBytes() {
        long bytes = 0;
        for (FoundArray array : arrays) {
            bytes += array.isConstant() ? 0 : array.rowBytes();
        }
        return bytes == 0 ? arrays.get(0).rowBytes() : bytes;
    }

    /** Bytes of all elements. */
    long bytes() {
        long bytes = 0;
        for (FoundArray array : arrays) {
            bytes = Math.addExact(bytes, array.layout().bytes());
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowGroup && arrays.equals(((RowGroup) other).arrays);
    }

    @Override
    public int hashCode() {
        return arrays.hashCode();
    }
}
