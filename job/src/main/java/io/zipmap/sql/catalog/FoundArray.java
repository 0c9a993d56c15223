package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.RawLayout;
import org.jspecify.annotations.Nullable;

/** An array as its archive's directory and its own header tell it; nothing is extracted yet. Immutable. */
public record FoundArray(
        ArchiveRef archive, int entryIndex, @Nullable String entry, ArrayLayout layout) {
    public long rows() {
        return layout.shape().rows();
    }

    /** The layout, for an entry that does not say its own. */
    public RawLayout raw() throws ZipmapException {
        return RawLayout.of(layout.dtype(), layout.shape().toArray(), layout.order());
    }

    /** Bytes of a row, at least 1. */
    public long rowBytes() {
        return Math.max(1, layout.shape().columns() * layout.dtype().itemSize());
    }

    public String name() {
        return entry == null ? archive.uri() : archive.uri() + "!" + entry;
    }
}
