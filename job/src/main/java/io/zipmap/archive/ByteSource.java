package io.zipmap.archive;

import java.io.Closeable;
import java.io.IOException;

/**
 * The bytes of one archive, read by position. One reader at a time; a source keeps no position of its own, so reads may
 * come in any order. Whoever opens it closes it.
 */
public interface ByteSource extends Closeable {
    /** What was opened: its URI, length and version. */
    ArchiveRef ref();

    /** Length in bytes; fixed while the source is open. */
    default long length() {
        return ref().length();
    }

    /**
     * Reads up to {@code count} bytes at {@code position}.
     *
     * @return how many were read, at least 1; or -1 when {@code position} is at or past the end
     * @throws IOException when the bytes cannot be read
     */
    int read(long position, byte[] into, int offset, int count) throws IOException;
}
