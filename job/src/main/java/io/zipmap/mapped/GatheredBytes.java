package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Brings elements together that lie apart, or that may straddle windows: those of a leaf, and texts. What they are is
 * for others to read out of the chunk then, in which they lie closely packed.
 */
final class GatheredBytes extends ElementBytes {
    /** Bytes by which a window must reach into the next, so that a number which begins in it ends in it. */
    static final int OVERLAP = Long.BYTES - 1;

    private static final int CHUNK_BYTES = 8 << 10;

    private final MappedWindows windows;
    private final ByteCache blocks;
    private final ElementOffsets places;
    private final Dtype dtype;
    private final int size;

    GatheredBytes(MappedWindows windows, ElementOffsets places, Dtype dtype) {
        this.windows = windows;
        this.blocks = new ByteCache(windows);
        this.places = places;
        this.dtype = dtype;
        this.size = dtype.itemSize();
    }

    @Override
    ByteBuffer chunk(int count) {
        return ByteBuffer.allocate(Math.max(1, Math.min(count, CHUNK_BYTES / Math.max(1, size))) * size);
    }

    @Override
    void copy(long index, int to, int count, ByteBuffer chunk, Piece piece) throws IOException {
        int most = size == 0 ? 0 : chunk.capacity() / size;
        for (int done = 0; size > 0 && done < count; ) {
            int n = Math.min(most, count - done);
            fill(index + done, n, chunk);
            piece.copy(chunk.order(dtype.byteOrder()), 0, to + done, n);
            done += n;
        }
    }

    private void fill(long index, int count, ByteBuffer chunk) throws IOException {
        for (int done = 0; done < count; ) {
            long at = places.at(index + done);
            ByteBuffer window = windows.at(at);
            int within = windows.within(at);
            long begin = (windows.size() - within + places.step - 1) / places.step;
            int n = (int) Math.min(Math.min(count - done, places.run(index + done)), begin);
            chunk.order(window.order());
            switch (size) {
                case 1 -> bytes(window, within, chunk, done, n);
                case Short.BYTES -> shorts(window, within, chunk, done, n);
                case Integer.BYTES -> ints(window, within, chunk, done, n);
                case Long.BYTES -> longs(window, within, chunk, done, n);
                default -> texts(at, chunk, done, n);
            }
            done += n;
        }
    }

    private void bytes(ByteBuffer window, int within, ByteBuffer chunk, int to, int count) {
        int step = (int) places.step;
        for (int i = 0; i < count; i++) {
            chunk.put(to + i, window.get(within + i * step));
        }
    }

    private void shorts(ByteBuffer window, int within, ByteBuffer chunk, int to, int count) {
        int step = (int) places.step;
        for (int i = 0; i < count; i++) {
            chunk.putShort((to + i) * Short.BYTES, window.getShort(within + i * step));
        }
    }

    private void ints(ByteBuffer window, int within, ByteBuffer chunk, int to, int count) {
        int step = (int) places.step;
        for (int i = 0; i < count; i++) {
            chunk.putInt((to + i) * Integer.BYTES, window.getInt(within + i * step));
        }
    }

    private void longs(ByteBuffer window, int within, ByteBuffer chunk, int to, int count) {
        int step = (int) places.step;
        for (int i = 0; i < count; i++) {
            chunk.putLong((to + i) * Long.BYTES, window.getLong(within + i * step));
        }
    }

    /** May be longer than a window. */
    private void texts(long at, ByteBuffer chunk, int to, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            long from = at + i * places.step;
            for (int done = 0; done < size; ) {
                int within = windows.within(from + done);
                int n = Math.min(size - done, windows.size() - within);
                windows.at(from + done).get(within, chunk.array(), (to + i) * size + done, n);
                done += n;
            }
        }
    }

    @Override
    long at(long index) {
        return places.at(index);
    }

    @Override
    ByteBuffer element(long at) throws IOException {
        ByteBuffer element = ByteBuffer.allocate(size).order(dtype.byteOrder());
        for (int i = 0; i < size; i++) {
            element.put(i, blocks.at(at + i).get(blocks.within(at + i)));
        }
        return element;
    }

    @Override
    int within(long at) {
        return 0;
    }
}
