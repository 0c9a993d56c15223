package io.zipmap.archive;

import java.io.Closeable;
import java.io.IOException;

/**
 * Positioned reads of one archive's bytes. A source keeps no position, so reads may come in any order. Not thread-safe.
 * The caller that opens a source closes it, unless it hands the source to an {@link Archive}.
 */
public interface ByteSource extends Closeable {
    /** The opened archive's URI, length and version. */
    ArchiveRef ref();

    /** Length in bytes; fixed while the source is open. */
    default long length() {
        return ref().length();
    }

    /**
     * Reads up to {@code count} bytes at {@code position}.
     *
     * @return number of bytes read, at least 1; -1 if {@code position} is at or past the end
     * @throws IOException if the bytes cannot be read
     */
    int read(long position, byte[] into, int offset, int count) throws IOException;
}
