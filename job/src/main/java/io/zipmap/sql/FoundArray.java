package io.zipmap.sql;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import org.jspecify.annotations.Nullable;

/** An array as its archive's directory and its own header tell it; nothing is extracted yet. Immutable. */
record FoundArray(
        ArchiveRef archive, int entryIndex, @Nullable String entry, ArrayLayout layout) {
    long rows() {
        return layout.shape().rows();
    }

    /** Bytes of a row, at least 1. */
    long rowBytes() {
        return Math.max(1, layout.shape().columns() * layout.dtype().itemSize());
    }

    String name() {
        return entry == null ? archive.uri() : archive.uri() + "!" + entry;
    }
}
