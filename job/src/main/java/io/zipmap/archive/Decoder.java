package io.zipmap.archive;

import io.zipmap.ZipmapException;
import java.io.Closeable;
import java.io.IOException;

/**
 * Decompresses one entry, a bounded chunk at a time. Implementations differ by compression method. Not thread-safe; the
 * {@link EntryReader} closes it.
 */
interface Decoder extends Closeable {
    /**
     * @param count at least 1
     * @return number of decoded bytes, at least 1; -1 at the end of the compressed stream
     * @throws ZipmapException {@code DATA_CORRUPT}; {@code ENTRY_TRUNCATED} if the compressed data ends early
     */
    int read(byte[] into, int offset, int count) throws IOException;

    @Override
    void close();

    /** Creates the decoder of one compression method. Fails only if this machine lacks a native library. */
    @FunctionalInterface
    interface Factory {
        Decoder open(CompressedBytes in, ArchiveEntry entry) throws ZipmapException;
    }
}
