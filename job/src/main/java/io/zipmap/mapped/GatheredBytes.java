package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of elements that are apart, or that may straddle two windows: fields of items, and texts. They are copied
 * one after the other into a buffer on the heap, from which others convert them.
 */
final class GatheredBytes extends ElementBytes {
    /** Bytes by which a window must reach into the next, so that it contains every number that begins in it. */
    static final int OVERLAP = Long.BYTES - 1;

    private static final int BUFFER_BYTES = 8 << 10;

    private final MappedWindows windows;
    private final ByteCache cache;
    private final ElementOffsets offsets;
    private final Dtype dtype;
    private final int size;

    /** @param dtype of the elements, not of the items they are in */
    GatheredBytes(MappedWindows windows, ElementOffsets offsets, Dtype dtype) {
        this.windows = windows;
        this.cache = new ByteCache(windows);
        this.offsets = offsets;
        this.dtype = dtype;
        this.size = dtype.itemSize();
    }

    @Override
    ByteBuffer newBuffer(int count) {
        return ByteBuffer.allocate(Math.max(1, Math.min(count, BUFFER_BYTES / Math.max(1, size))) * size);
    }

    @Override
    void copyTo(Sink sink, long index, int to, int count, ByteBuffer buffer) throws IOException {
        int most = size == 0 ? 0 : buffer.capacity() / size;
        for (int done = 0; size > 0 && done < count; ) {
            int n = Math.min(most, count - done);
            gather(index + done, n, buffer);
            sink.accept(buffer.order(dtype.byteOrder()), 0, to + done, n);
            done += n;
        }
    }

    private void gather(long index, int count, ByteBuffer into) throws IOException {
        for (int done = 0; done < count; ) {
            long position = offsets.offset(index + done);
            ByteBuffer window = windows.window(position);
            int at = windows.offsetInWindow(position);
            long beginHere = (windows.size() - at + offsets.step - 1) / offsets.step;
            int n = (int) Math.min(Math.min(count - done, offsets.runLength(index + done)), beginHere);
            into.order(window.order());
            switch (size) {
                case 1 -> gatherBytes(window, at, into, done, n);
                case Short.BYTES -> gatherShorts(window, at, into, done, n);
                case Integer.BYTES -> gatherInts(window, at, into, done, n);
                case Long.BYTES -> gatherLongs(window, at, into, done, n);
                default -> gatherTexts(position, into, done, n);
            }
            done += n;
        }
    }

    private void gatherBytes(ByteBuffer window, int at, ByteBuffer into, int to, int count) {
        int step = (int) offsets.step;
        for (int i = 0; i < count; i++) {
            into.put(to + i, window.get(at + i * step));
        }
    }

    private void gatherShorts(ByteBuffer window, int at, ByteBuffer into, int to, int count) {
        int step = (int) offsets.step;
        for (int i = 0; i < count; i++) {
            into.putShort((to + i) * Short.BYTES, window.getShort(at + i * step));
        }
    }

    private void gatherInts(ByteBuffer window, int at, ByteBuffer into, int to, int count) {
        int step = (int) offsets.step;
        for (int i = 0; i < count; i++) {
            into.putInt((to + i) * Integer.BYTES, window.getInt(at + i * step));
        }
    }

    private void gatherLongs(ByteBuffer window, int at, ByteBuffer into, int to, int count) {
        int step = (int) offsets.step;
        for (int i = 0; i < count; i++) {
            into.putLong((to + i) * Long.BYTES, window.getLong(at + i * step));
        }
    }

    /** A text may be longer than a window, so it is copied window by window. */
    private void gatherTexts(long position, ByteBuffer into, int to, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            long from = position + i * offsets.step;
            for (int done = 0; done < size; ) {
                int at = windows.offsetInWindow(from + done);
                int n = Math.min(size - done, windows.size() - at);
                windows.window(from + done).get(at, into.array(), (to + i) * size + done, n);
                done += n;
            }
        }
    }

    @Override
    long position(long index) {
        return offsets.offset(index);
    }

    @Override
    ByteBuffer element(long position) throws IOException {
        ByteBuffer element = ByteBuffer.allocate(size).order(dtype.byteOrder());
        for (int i = 0; i < size; i++) {
            element.put(i, cache.block(position + i).get(cache.offsetInBlock(position + i)));
        }
        return element;
    }

    @Override
    int offsetInBuffer(long position) {
        return 0;
    }
}
