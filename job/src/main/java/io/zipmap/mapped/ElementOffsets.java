package io.zipmap.mapped;

/** Where in the range of a file the elements of an array lie, by their index. Immutable. */
abstract class ElementOffsets {
    /** Bytes from an element to the next of its run. */
    final long step;

    ElementOffsets(long step) {
        this.step = step;
    }

    /** Byte at which the element begins. */
    abstract long at(long index);

    /** How many elements, from this one on, lie {@link #step} bytes apart; at least 1. */
    abstract long run(long index);
}
