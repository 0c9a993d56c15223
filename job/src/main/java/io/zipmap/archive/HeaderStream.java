package io.zipmap.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A compressed stream that is looked at while it is read: {@link #next} sees each header before the decoder does, and
 * may change it; what lies between headers goes by unseen. What is no such stream goes by as it is: to refuse it is up
 * to the decoder.
 */
abstract class HeaderStream extends InputStream {
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private byte[] header = NOTHING;
    private int given;
    private long passing;
    private boolean ended;

    HeaderStream(InputStream in) {
        this.in = in;
    }

    /** Takes the next header and gives it out, with {@link #give}; gives nothing at the end. */
    abstract void next() throws IOException;

    /** @return the next {@code count} bytes, or as many as there are */
    final byte[] take(int count) throws IOException {
        return in.readNBytes(count);
    }

    /**
     * @param bytes what the decoder reads next
     * @param passed how many bytes follow that are no header
     */
    final void give(byte[] bytes, long passed) {
        header = bytes;
        given = 0;
        passing = passed;
    }

    /** The same for what is no header that this knows: all that follows goes by. */
    final void giveAll(byte[] bytes) {
        give(bytes, Long.MAX_VALUE);
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
        if (given == header.length && passing == 0 && !ended) {
            give(NOTHING, 0);
            next();
        }
        int n = Math.min(count, header.length - given);
        System.arraycopy(header, given, into, offset, n);
        given += n;
        if (n < count && passing > 0) {
            int passed = in.read(into, offset + n, (int) Math.min(count - n, passing));
            passing = passed < 0 ? 0 : passing - passed;
            ended |= passed < 0;
            n += Math.max(0, passed);
        }
        ended |= n == 0;
        return n == 0 ? -1 : n;
    }
}
