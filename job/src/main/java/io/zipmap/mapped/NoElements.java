package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/** What is no number: texts, and items composed of fields. */
final class NoElements extends Elements {
    private final Dtype dtype;

    NoElements(Dtype dtype) {
        super(dtype);
        this.dtype = dtype;
    }

    private UnsupportedOperationException refuse() {
        String what = dtype.kind().isText() ? "read it as text" : "read one of its fields " + dtype.leaves();
        return new UnsupportedOperationException("Cannot read " + dtype + " as a number: " + what);
    }

    @Override
    public double doubleAt(ByteBuffer window, int at) {
        throw refuse();
    }

    @Override
    float floatAt(ByteBuffer window, int at) {
        throw refuse();
    }

    @Override
    long longAt(ByteBuffer window, int at) {
        throw refuse();
    }

    @Override
    boolean booleanAt(ByteBuffer window, int at) {
        throw refuse();
    }

    @Override
    void read(ByteBuffer window, int at, double[] into, int offset, int count) {
        throw refuse();
    }

    @Override
    void read(ByteBuffer window, int at, float[] into, int offset, int count) {
        throw refuse();
    }

    @Override
    void read(ByteBuffer window, int at, long[] into, int offset, int count) {
        throw refuse();
    }
}
