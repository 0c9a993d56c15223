package io.zipmap.archive;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A small source whose bytes are read once, when it is opened. All reads then take them from memory. To open a small
 * archive takes longer for the calls of the kernel than for the bytes.
 */
final class BufferedSource implements ByteSource {
    /** The bytes of the tail, which are read of each zip file anyway. */
    static final int MOST_BYTES = ZipTail.MOST_BYTES;

    private final ByteSource source;
    private final byte[] bytes;
    private final int count;

    private BufferedSource(ByteSource source, byte[] bytes, int count) {
        this.source = source;
        this.bytes = bytes;
        this.count = count;
    }

    /** The source itself if it is large. Closing the result closes the source. */
    static ByteSource of(ByteSource source) throws IOException {
        if (source.length() > MOST_BYTES || source.length() <= 0) {
            return source;
        }
        byte[] bytes = new byte[(int) source.length()];
        int count = 0;
        for (int n = 0; n >= 0 && count < bytes.length; count += Math.max(n, 0)) {
            n = source.read(count, bytes, count, bytes.length - count);
        }
        return new BufferedSource(source, bytes, count);
    }

    @Override
    public ArchiveRef ref() {
        return source.ref();
    }

    @Override
    public int read(long position, byte[] into, int offset, int most) {
        return read(position, ByteBuffer.wrap(into, offset, most));
    }

    @Override
    public int read(long position, ByteBuffer into) {
        if (position >= count) {
            return -1;
        }
        int n = (int) Math.min(into.remaining(), count - position);
        into.put(bytes, (int) position, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
