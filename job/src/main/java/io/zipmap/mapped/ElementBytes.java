package io.zipmap.mapped;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds the bytes of elements in windows, and brings them where {@link Elements} can read them. */
abstract class ElementBytes {
    /** Takes {@code count} elements that lie closely packed, the first at {@code at}; {@code to} is where it goes. */
    interface Piece {
        void copy(ByteBuffer bytes, int at, int to, int count);
    }

    /** Where an element begins, for the other two. */
    abstract long at(long index);

    /** Has that element, at {@link #within}; on the heap, so that no fault can meet it. */
    abstract ByteBuffer element(long at) throws IOException;

    abstract int within(long at);

    /** Room that copies of so many elements need. */
    abstract ByteBuffer chunk(int count);

    /** Hands {@code count} elements from {@code index} on to {@code piece}, as many at a time as can be. */
    abstract void copy(long index, int to, int count, ByteBuffer chunk, Piece piece) throws IOException;
}
