package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;

/** The bytes of one entry as they lie in the archive, read forward; neither more nor fewer than the directory says. */
final class CompressedBytes {
    private final ByteSource source;
    private final long start;
    private final long size;
    private long taken;

    CompressedBytes(ByteSource source, long start, long size) {
        this.source = source;
        this.start = start;
        this.size = size;
    }

    /**
     * @return how many were read, -1 at the end
     * @throws ZipmapException {@code ENTRY_TRUNCATED} when the archive ends before the entry
     */
    int read(byte[] into, int offset, int count) throws IOException {
        if (taken == size) {
            return -1;
        }
        int n = source.read(start + taken, into, offset, (int) Math.min(count, size - taken));
        if (n < 0) {
            throw new ZipmapException(
                            Condition.ENTRY_TRUNCATED, "Cannot read an entry to its end: the archive ends before")
                    .expected(size + " bytes")
                    .actual(taken + " bytes");
        }
        taken += n;
        return n;
    }

    long size() {
        return size;
    }

    long taken() {
        return taken;
    }
}
