package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/**
 * Reads elements of one dtype out of a window whose byte order is set. Positions are bytes into the window. What a
 * dtype cannot give exactly, it refuses.
 */
abstract class Elements {
    /** Elements that pass through the heap at a time when a bulk read has to convert. */
    static final int CHUNK = 1024;

    private final Dtype dtype;

    Elements(Dtype dtype) {
        this.dtype = dtype;
    }

    public static Elements of(Dtype dtype) {
        if (!dtype.kind().isNumber()) {
            return new NoElements(dtype);
        }
        boolean floating = dtype.kind() == Dtype.Kind.FLOAT;
        return switch (dtype.itemSize()) {
            case 1 -> new ByteElements(dtype);
            case 2 -> floating ? new HalfElements(dtype) : new ShortElements(dtype);
            case 4 -> floating ? new FloatElements(dtype) : new IntElements(dtype);
            default -> floating ? new DoubleElements(dtype) : new LongElements(dtype);
        };
    }

    public abstract double doubleAt(ByteBuffer window, int at);

    float floatAt(ByteBuffer window, int at) {
        throw refuse("float");
    }

    long longAt(ByteBuffer window, int at) {
        throw refuse("long");
    }

    boolean booleanAt(ByteBuffer window, int at) {
        throw refuse("boolean");
    }

    abstract void read(ByteBuffer window, int at, double[] into, int offset, int count);

    void read(ByteBuffer window, int at, float[] into, int offset, int count) {
        throw refuse("float");
    }

    void read(ByteBuffer window, int at, long[] into, int offset, int count) {
        throw refuse("long");
    }

    private UnsupportedOperationException refuse(String as) {
        String use = dtype.kind() == Dtype.Kind.FLOAT ? "double" : "long or double";
        return new UnsupportedOperationException("Cannot read " + dtype + " as " + as + " exactly: read it as " + use);
    }
}
