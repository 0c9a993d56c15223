package io.zipmap.mapped;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Finds the bytes of an array's elements, and hands them to code that converts them. One element is found by its
 * position, the byte at which it begins in the mapped range. Many elements are handed over in runs. Thread-safe.
 */
abstract class ElementBytes {
    /** Receives runs of elements whose bytes follow each other. */
    interface Sink {
        /**
         * Receives one run.
         *
         * @param bytes in the byte order of the dtype
         * @param at offset of the first element in {@code bytes}
         * @param to index of the first element in the target
         */
        void accept(ByteBuffer bytes, int at, int to, int count);
    }

    /** The position of an element. */
    abstract long position(long index);

    /**
     * A buffer on the heap with the element at {@code position}, at {@link #offsetInBuffer}. It stays valid when the
     * map is closed.
     */
    abstract ByteBuffer element(long position) throws IOException;

    /** The offset of the element at {@code position} in the buffer that {@link #element} returns. */
    abstract int offsetInBuffer(long position);

    /** The buffer that {@link #copyTo} needs for up to {@code count} elements at a time. */
    abstract ByteBuffer newBuffer(int count);

    /**
     * Hands {@code count} elements, from {@code index} on, to {@code sink}, as many at a time as possible. To be called
     * inside {@link MappedWindows#read}.
     *
     * @param to index of the first element in the target
     * @param buffer from {@link #newBuffer}, one per thread
     */
    abstract void copyTo(Sink sink, long index, int to, int count, ByteBuffer buffer) throws IOException;
}
