package io.zipmap.archive;

import io.zipmap.ZipmapException;
import java.io.IOException;

/** Sequential reader of the central directory's bytes, through one bounded buffer. */
final class ZipDirectoryBuffer {
    /** More than the longest header without its comment: 46 bytes and twice 65 535. */
    private static final int BUFFER_BYTES = 1 << 18;

    private final ZipTail tail;
    private final long end;
    private final byte[] buffer;
    private long next;
    private int from;
    private int to;

    ZipDirectoryBuffer(ZipTail tail, ZipEndRecord directory) {
        this.tail = tail;
        this.next = directory.start();
        this.end = directory.start() + directory.size();
        this.buffer = new byte[(int) Math.min(BUFFER_BYTES, directory.size())];
    }

    long remaining() {
        return end - next + to - from;
    }

    byte[] buffer() {
        return buffer;
    }

    /**
     * Makes the next {@code count} bytes available in {@link #buffer}.
     *
     * @return index of the first of them
     * @throws ZipmapException {@code ARCHIVE_MALFORMED} if the directory has fewer
     */
    int require(int count) throws IOException {
        if (count > remaining()) {
            throw ZipEndRecord.malformed("Cannot read the central directory: an entry runs past its end")
                    .expected(count + " bytes")
                    .actual(remaining() + " bytes");
        }
        if (to - from < count) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
            int more = (int) Math.min(buffer.length - to, end - next);
            tail.readFully(next, buffer, to, more);
            next += more;
            to += more;
        }
        return from;
    }

    /** Skips {@code required} bytes of the buffer, and then a comment, which need not be in the buffer. */
    void skip(int required, int comment) throws ZipmapException {
        from += required;
        if (comment > remaining()) {
            throw ZipEndRecord.malformed("Cannot read the central directory: a comment runs past its end")
                    .expected(comment + " bytes")
                    .actual(remaining() + " bytes");
        }
        int inside = Math.min(comment, to - from);
        from += inside;
        next += comment - inside;
    }
}
