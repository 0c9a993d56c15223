package io.zipmap.archive;

import io.zipmap.ZipmapException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

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

    /**
     * Decodes the next bytes where they can be used without another copy: in memory of this decoder, or in
     * {@code spare} if it has none.
     *
     * @param spare at least 1 byte
     * @param most at least 1
     * @return at least 1 and at most {@code most} bytes, valid until the next call; null at the end of the compressed
     *     stream
     * @throws ZipmapException as {@link #read} does
     */
    default @Nullable ByteBuffer next(byte[] spare, long most) throws IOException {
        int n = read(spare, 0, (int) Math.min(spare.length, most));
        return n < 0 ? null : ByteBuffer.wrap(spare, 0, n);
    }

    @Override
    void close();

    /** Creates the decoder of one compression method. Fails only if this machine lacks a native library. */
    @FunctionalInterface
    interface Factory {
        Decoder open(CompressedBytes in, ArchiveEntry entry) throws ZipmapException;
    }
}
