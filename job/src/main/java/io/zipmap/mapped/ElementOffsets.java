package io.zipmap.mapped;

/** Computes the byte offset of an element in the mapped range from the element's index in storage. Immutable. */
abstract class ElementOffsets {
    /** Bytes from the start of an element to the start of the next one in the same run. */
    final long step;

    ElementOffsets(long step) {
        this.step = step;
    }

    /** Offset of the first byte of an element. */
    abstract long offset(long index);

    /** Number of elements from this one on whose offsets are {@link #step} bytes apart; at least 1. */
    abstract long runLength(long index);
}
