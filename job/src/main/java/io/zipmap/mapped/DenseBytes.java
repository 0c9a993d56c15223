package io.zipmap.mapped;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Those of numbers that are whole items: no window cuts one, so that they are read where they lie. */
final class DenseBytes extends ElementBytes {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final MappedWindows windows;
    private final ByteCache blocks;
    private final ItemOffsets places;
    private final int itemSize;

    DenseBytes(MappedWindows windows, ItemOffsets places) {
        this.windows = windows;
        this.blocks = new ByteCache(windows);
        this.places = places;
        this.itemSize = (int) places.step;
    }

    @Override
    long at(long index) {
        return places.at(index);
    }

    @Override
    ByteBuffer element(long at) throws IOException {
        return blocks.at(at);
    }

    @Override
    int within(long at) {
        return blocks.within(at);
    }

    @Override
    ByteBuffer chunk(int count) {
        return NONE;
    }

    @Override
    void copy(long index, int to, int count, ByteBuffer chunk, Piece piece) throws IOException {
        for (int done = 0; done < count; ) {
            long from = index + done;
            long at = places.at(from);
            ByteBuffer window = windows.at(at);
            int within = windows.within(at);
            int n = (int) Math.min(Math.min(count - done, places.run(from)), (window.limit() - within) / itemSize);
            piece.copy(window, within, to + done, n);
            done += n;
        }
    }
}
