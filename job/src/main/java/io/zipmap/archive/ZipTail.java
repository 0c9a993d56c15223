package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;

/**
 * The end of a source, read once: as far back as an end record with the longest comment can begin. What lies before is
 * read from the source. Most directories are whole in the tail, so that opening a remote archive asks twice and no
 * more.
 */
final class ZipTail {
    private final ByteSource source;
    private final long start;
    private final byte[] bytes;

    private ZipTail(ByteSource source, long start, byte[] bytes) {
        this.source = source;
        this.start = start;
        this.bytes = bytes;
    }

    static ZipTail of(ByteSource source) throws IOException {
        int count = (int) Math.min(source.length(), ZipEndRecord.FIXED_BYTES + 0xFFFF);
        ZipTail nothing = new ZipTail(source, source.length(), new byte[0]);
        return new ZipTail(source, source.length() - count, nothing.read(source.length() - count, count));
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
    byte[] read(long position, int count) throws IOException {
        byte[] into = new byte[count];
        read(position, into, 0, count);
        return into;
    }

    /** @throws ZipmapException {@code ARCHIVE_TRUNCATED} when the source ends before {@code count} bytes are read */
    void read(long position, byte[] into, int offset, int count) throws IOException {
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
