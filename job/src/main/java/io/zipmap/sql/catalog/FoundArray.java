package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.RawLayout;
import io.zipmap.array.Shape;
import io.zipmap.store.ArrayDescription;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array of a table's inventory, as the directory of its archive and its own header describe it. Immutable.
 *
 * @param entryIndex position of the entry in the directory of the archive, from 0
 * @param entry null for a bare .npy file
 * @param method compression method of the entry
 * @param crc32 of the entry's bytes; -1 if the archive has none
 */
public record FoundArray(
        ArchiveRef archive, int entryIndex, @Nullable String entry, String method, long crc32, ArrayLayout layout)
        implements ArrayDescription {
    public long rows() {
        return layout.shape().rows();
    }

    /** The shape of one row. */
    long[] rowShape() {
        Shape shape = layout.shape();
        return Arrays.copyOfRange(shape.toArray(), Math.min(1, shape.dimensions()), shape.dimensions());
    }

    /** The layout as options give it, for an entry without a header. */
    public RawLayout raw() throws ZipmapException {
        return RawLayout.of(layout.dtype(), layout.shape().toArray(), layout.order());
    }

    /** Bytes of one row, at least 1. */
    public long rowBytes() {
        return Math.max(1, layout.shape().columns() * layout.dtype().itemSize());
    }

    /** Whether the array has no axes: a single value, which holds for each row of its {@link RowGroup}. */
    public boolean isConstant() {
        return layout.shape().dimensions() == 0;
    }

    /** The name of the array in messages. */
    public String name() {
        return entry == null ? archive.plainPath() : archive.plainPath() + "!" + entry;
    }
}
