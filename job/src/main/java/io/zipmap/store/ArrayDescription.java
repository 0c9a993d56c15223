package io.zipmap.store;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import org.jspecify.annotations.Nullable;

/** What the directory of an archive and the header of an entry tell about an array, before anything is extracted. */
public interface ArrayDescription {
    ArchiveRef archive();

    /** Place of the entry in the archive's directory, from 0. */
    int entryIndex();

    /** Name of the entry; null for a bare array file. */
    @Nullable
    String entry();

    /** Compression method of the entry, as {@code inspect} prints it. */
    String method();

    /** CRC-32 of the entry's bytes; -1 if the archive has none. */
    long crc32();

    ArrayLayout layout();
}
