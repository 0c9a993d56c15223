package io.zipmap.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A filter in front of a decoder library that parses each header of a compressed stream before the library reads it. A
 * subclass may reserve memory for a header, or replace it. Bytes between headers pass unchanged. Bytes that are not the
 * expected format pass unchanged too, and the library refuses them.
 */
abstract class HeaderStream extends InputStream {
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private byte[] header = NOTHING;
    private int headerPosition;
    private long bodyRemaining;
    private boolean ended;

    HeaderStream(InputStream in) {
        this.in = in;
    }

    /** Reads the next header and passes it on with {@link #emit}. Does nothing at the end of the stream. */
    abstract void readHeader() throws IOException;

    /** The next {@code count} bytes; fewer at the end of the stream. */
    final byte[] take(int count) throws IOException {
        return in.readNBytes(count);
    }

    /**
     * Passes a header on.
     *
     * @param bytes the header, as the library is to read it
     * @param bodyBytes number of bytes after the header that pass unchanged
     */
    final void emit(byte[] bytes, long bodyBytes) {
        header = bytes;
        headerPosition = 0;
        bodyRemaining = bodyBytes;
    }

    /** Passes on bytes that are no known header, and the whole rest of the stream. */
    final void emitRest(byte[] bytes) {
        emit(bytes, Long.MAX_VALUE);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (headerPosition == header.length && bodyRemaining == 0 && !ended) {
            emit(NOTHING, 0);
            readHeader();
        }
        int n = Math.min(count, header.length - headerPosition);
        System.arraycopy(header, headerPosition, into, offset, n);
        headerPosition += n;
        if (n < count && bodyRemaining > 0) {
            int body = in.read(into, offset + n, (int) Math.min(count - n, bodyRemaining));
            bodyRemaining = body < 0 ? 0 : bodyRemaining - body;
            ended |= body < 0;
            n += Math.max(0, body);
        }
        ended |= n == 0;
        return n == 0 ? -1 : n;
    }
}
