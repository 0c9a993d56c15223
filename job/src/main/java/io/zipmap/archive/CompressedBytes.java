package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sequential reader of one entry's compressed bytes. Gives exactly as many bytes as the directory declares. */
final class CompressedBytes {
    private final ByteSource source;
    private final long start;
    private final long size;
    private long position;

    CompressedBytes(ByteSource source, long start, long size) {
        this.source = source;
        this.start = start;
        this.size = size;
    }

    /**
     * @return number of bytes read; -1 at the end
     * @throws ZipmapException {@code ENTRY_TRUNCATED} if the archive ends before the entry
     */
    int read(byte[] into, int offset, int count) throws IOException {
        if (position == size) {
            return -1;
        }
        return advance(source.read(start + position, into, offset, (int) Math.min(count, size - position)));
    }

    /**
     * Reads up to {@code count} bytes into a cleared buffer, and flips it.
     *
     * @return false at the end
     * @throws ZipmapException {@code ENTRY_TRUNCATED} if the archive ends before the entry
     */
    boolean fill(ByteBuffer into, int count) throws IOException {
        into.clear();
        if (position == size) {
            into.flip();
            return false;
        }
        advance(source.read(start + position, into.limit((int) Math.min(count, size - position))));
        into.flip();
        return true;
    }

    private int advance(int n) throws ZipmapException {
        if (n < 0) {
            throw new ZipmapException(
                            Condition.ENTRY_TRUNCATED, "Cannot read an entry to its end: the archive ends first")
                    .expected(size + " bytes")
                    .actual(position + " bytes");
        }
        position += n;
        return n;
    }

    long size() {
        return size;
    }

    /** Number of bytes read so far. */
    long position() {
        return position;
    }
}
