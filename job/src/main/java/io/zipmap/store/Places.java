package io.zipmap.store;

/** Where in the range of a file the elements of an array lie, by their index. Immutable. */
abstract class Places {
    /** Bytes from an element to the next of its run. */
    final long step;

    Places(long step) {
        this.step = step;
    }

    /** Byte at which the element begins. */
    abstract long at(long index);

    /** How many elements, from this one on, lie {@link #step} bytes apart; at least 1. */
    abstract long run(long index);
}
