package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;

/**
 * The last bytes of a source, cached: the range in which an end record with the longest comment can start. Positions
 * before the tail are read from the source. Most directories lie inside the tail, so opening a remote archive takes
 * only two requests.
 */
final class ZipTail {
    /** The most bytes that an end record and its comment take. */
    static final int MOST_BYTES = ZipEndRecord.FIXED_BYTES + 0xFFFF;

    private final ByteSource source;
    private final long start;
    private final byte[] bytes;

    private ZipTail(ByteSource source, long start, byte[] bytes) {
        this.source = source;
        this.start = start;
        this.bytes = bytes;
    }

    static ZipTail of(ByteSource source) throws IOException {
        int count = (int) Math.min(source.length(), MOST_BYTES);
        ZipTail empty = new ZipTail(source, source.length(), new byte[0]);
        return new ZipTail(source, source.length() - count, empty.readBytes(source.length() - count, count));
    }

    long start() {
        return start;
    }

    byte[] bytes() {
        return bytes;
    }

    ByteSource source() {
        return source;
    }

    /** @param count bounded by the caller */
    byte[] readBytes(long position, int count) throws IOException {
        byte[] into = new byte[count];
        readFully(position, into, 0, count);
        return into;
    }

    /** @throws ZipmapException {@code ARCHIVE_TRUNCATED} if the source ends before {@code count} bytes are read */
    void readFully(long position, byte[] into, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            long at = position + done;
            int n;
            if (at >= start) {
                n = (int) Math.min(count - done, start + bytes.length - at);
                System.arraycopy(bytes, (int) Math.min(at - start, bytes.length), into, offset + done, Math.max(n, 0));
            } else {
                n = source.read(at, into, offset + done, (int) Math.min(count - done, start - at));
            }
            if (n <= 0) {
                throw new ZipmapException(Condition.ARCHIVE_TRUNCATED, "Cannot read the archive to its end")
                        .expected(position + count + " bytes")
                        .actual(at + " bytes");
            }
            done += n;
        }
    }
}
