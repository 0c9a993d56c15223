package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/**
 * Converts the bytes of one dtype's elements to numbers. The bytes are in a buffer with the byte order of the dtype,
 * and an element is found by its offset {@code at}. There is a subclass for each size and kind of number; this class
 * refuses every conversion that its subclass does not make exactly. Immutable.
 */
abstract class Elements {
    /** Most elements that a bulk read copies to the heap at a time, in order to convert them. */
    static final int CHUNK = 1024;

    private final Dtype dtype;

    Elements(Dtype dtype) {
        this.dtype = dtype;
    }

    /** The elements of a dtype. If it is no number, every conversion is refused. */
    static Elements of(Dtype dtype) {
        if (!dtype.kind().isNumber()) {
            return new NotNumbers(dtype);
        }
        boolean floating = dtype.kind() == Dtype.Kind.FLOAT;
        return switch (dtype.itemSize()) {
            case 1 -> new ByteElements(dtype);
            case 2 -> floating ? new HalfElements(dtype) : new ShortElements(dtype);
            case 4 -> floating ? new FloatElements(dtype) : new IntElements(dtype);
            default -> floating ? new DoubleElements(dtype) : new LongElements(dtype);
        };
    }

    abstract double doubleAt(ByteBuffer bytes, int at);

    float floatAt(ByteBuffer bytes, int at) {
        throw refusal("float");
    }

    long longAt(ByteBuffer bytes, int at) {
        throw refusal("long");
    }

    boolean booleanAt(ByteBuffer bytes, int at) {
        throw refusal("boolean");
    }

    /** Converts {@code count} elements. The first one is at {@code at}. */
    abstract void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count);

    /** As {@link #readDoubles}. */
    void readFloats(ByteBuffer bytes, int at, float[] into, int offset, int count) {
        throw refusal("float");
    }

    /** As {@link #readDoubles}. */
    void readLongs(ByteBuffer bytes, int at, long[] into, int offset, int count) {
        throw refusal("long");
    }

    UnsupportedOperationException refusal(String type) {
        String use = dtype.kind() == Dtype.Kind.FLOAT ? "double" : "long or double";
        return new UnsupportedOperationException(
                "Cannot read " + dtype + " as " + type + " exactly: read it as " + use);
    }

    /** Texts, and items that are composed of fields. */
    private static final class NotNumbers extends Elements {
        private final Dtype dtype;

        NotNumbers(Dtype dtype) {
            super(dtype);
            this.dtype = dtype;
        }

        @Override
        UnsupportedOperationException refusal(String type) {
            String advice = dtype.kind().isText() ? "read it as text" : "read one of its fields " + dtype.leaves();
            return new UnsupportedOperationException("Cannot read " + dtype + " as a number: " + advice);
        }

        @Override
        double doubleAt(ByteBuffer bytes, int at) {
            throw refusal("double");
        }

        @Override
        void readDoubles(ByteBuffer bytes, int at, double[] into, int offset, int count) {
            throw refusal("double");
        }
    }
}
