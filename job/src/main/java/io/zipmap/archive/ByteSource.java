package io.zipmap.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

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

    /**
     * Reads up to as many bytes as remain in {@code into}, and moves its position behind them. A source that can fill
     * memory outside the heap overrides this, which saves copies.
     *
     * @return number of bytes read, at least 1; -1 if {@code position} is at or past the end
     * @throws IOException if the bytes cannot be read
     */
    default int read(long position, ByteBuffer into) throws IOException {
        byte[] bytes = new byte[into.remaining()];
        int n = read(position, bytes, 0, bytes.length);
        into.put(bytes, 0, Math.max(0, n));
        return n;
    }
}
