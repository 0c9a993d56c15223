package io.zipmap.mapped;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of numbers that are whole items. No number straddles two windows, so they are read directly from the
 * windows, without a copy.
 */
final class DenseBytes extends ElementBytes {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final MappedWindows windows;
    private final ByteCache cache;
    private final ItemOffsets offsets;
    private final int itemSize;

    DenseBytes(MappedWindows windows, ItemOffsets offsets) {
        this.windows = windows;
        this.cache = new ByteCache(windows);
        this.offsets = offsets;
        this.itemSize = (int) offsets.step;
    }

    @Override
    long position(long index) {
        return offsets.offset(index);
    }

    @Override
    ByteBuffer element(long position) throws IOException {
        return cache.block(position);
    }

    @Override
    int offsetInBuffer(long position) {
        return cache.offsetInBlock(position);
    }

    /** Returns an empty buffer, because this class copies nothing. */
    @Override
    ByteBuffer newBuffer(int count) {
        return NONE;
    }

    @Override
    void copyTo(Sink sink, long index, int to, int count, ByteBuffer buffer) throws IOException {
        for (int done = 0; done < count; ) {
            long from = index + done;
            long position = offsets.offset(from);
            ByteBuffer window = windows.window(position);
            int at = windows.offsetInWindow(position);
            int n = (int) Math.min(Math.min(count - done, offsets.runLength(from)), (window.limit() - at) / itemSize);
            sink.accept(window, at, to + done, n);
            done += n;
        }
    }
}
