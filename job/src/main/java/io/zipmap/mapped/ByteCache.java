package io.zipmap.mapped;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A small cache on the heap for reads of single elements: blocks of up to a kilobyte, copied from the map. A copy pays
 * once for the detection of page faults (see {@link PageFaults}), and all elements of the block share it. An element on
 * the heap is also safe when another thread closes the map.
 *
 * <p>Thread-safe without a lock: threads race for the slots, but a block never changes, so the worst result of a race
 * is one more copy.
 */
final class ByteCache {
    private static final int MAX_SHIFT = 10;
    private static final int SLOT_BITS = 4;
    private static final long HASH_FACTOR = 0x9E37_79B9_7F4A_7C15L;

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

    /** The block with the byte at {@code position} of the mapped range. */
    ByteBuffer block(long position) throws IOException {
        windows.checkOpen();
        long number = position >> shift;
        int slot = (int) ((number * HASH_FACTOR) >>> -SLOT_BITS);
        Block block = slots[slot];
        if (block == null || block.number != number) {
            block = new Block(number, windows.copy(number << shift, 1 << shift));
            slots[slot] = block;
        }
        return block.bytes;
    }

    /** The offset of that byte in its block. */
    int offsetInBlock(long position) {
        return (int) position & ((1 << shift) - 1);
    }
}
