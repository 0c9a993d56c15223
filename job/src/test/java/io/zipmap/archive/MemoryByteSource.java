package io.zipmap.archive;

import java.util.Arrays;

/** An archive in memory. Returns at most five bytes per read, so that every structure crosses a read boundary. */
class MemoryByteSource implements ByteSource {
    private final byte[] bytes;
    private final long claimed;
    private final int most;
    boolean closed;

    MemoryByteSource(byte[] bytes) {
        this(bytes, bytes.length, 5);
    }

    /** @param claimed the length it had when it was listed; it has {@code bytes} now */
    MemoryByteSource(byte[] bytes, long claimed, int most) {
        this.bytes = bytes;
        this.claimed = claimed;
        this.most = most;
    }

    /** The archive with bytes after it, so that it is read bit by bit and not at once when it is opened. */
    static byte[] tooLargeToBuffer(byte[] archive) {
        return Arrays.copyOf(archive, Math.max(archive.length, BufferedSource.MOST_BYTES + 1));
    }

    @Override
    public ArchiveRef ref() {
        return new ArchiveRef("mem:/a.zip", claimed, "1");
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) {
        if (closed) {
            throw new IllegalStateException("read after close");
        }
        if (position < 0) {
            throw new IllegalArgumentException("negative position " + position);
        }
        if (position >= bytes.length) {
            return -1;
        }
        int n = (int) Math.min(Math.min(count, most), bytes.length - position);
        System.arraycopy(bytes, (int) position, into, offset, n);
        return n;
    }

    @Override
    public void close() {
        closed = true;
    }
}
