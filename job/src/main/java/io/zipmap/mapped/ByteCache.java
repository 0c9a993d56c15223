package io.zipmap.mapped;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes around single elements that were read, copied to the heap a kilobyte at a time. A fault of mapped memory
 * can be made to show only at a cost (see {@link PageFaults}), which each block pays once and its elements share; and
 * an element taken from the heap cannot meet a mapping that another thread closes.
 *
 * <p>Threads share the slots by a benign race: a block never changes, so the worst that one does to another is to make
 * it copy again.
 */
final class ByteCache {
    private static final int MAX_SHIFT = 10;
    private static final int SLOT_BITS = 4;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final MappedWindows windows;
    private final int shift;
    private final @Nullable Block[] slots = new @Nullable Block[1 << SLOT_BITS];

    ByteCache(MappedWindows windows) {
        this.windows = windows;
        this.shift = Math.min(MAX_SHIFT, windows.shift());
    }

    private static final class Block {
        private final long number;
        private final ByteBuffer bytes;

        Block(long number, ByteBuffer bytes) {
            this.number = number;
            this.bytes = bytes;
        }
    }

    /** The bytes that have the one at {@code position}; where, says {@link #within}. */
    ByteBuffer at(long position) throws IOException {
        windows.checkOpen();
        long number = position >> shift;
        int slot = (int) ((number * SPREAD) >>> -SLOT_BITS);
        Block block = slots[slot];
        if (block == null || block.number != number) {
            block = new Block(number, windows.copy(number << shift, 1 << shift));
            slots[slot] = block;
        }
        return block.bytes;
    }

    int within(long position) {
        return (int) position & ((1 << shift) - 1);
    }
}
