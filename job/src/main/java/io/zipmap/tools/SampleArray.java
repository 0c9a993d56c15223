package io.zipmap.tools;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** The content of the sample arrays. It depends only on the seed and the number of the array. Immutable. */
final class SampleArray implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int INTEGERS = 100;

    /** How values are made. */
    enum Values {
        /** Random in [0, 1); whole numbers in [0, 100) for integers. */
        UNIFORM,
        /** The row number modulo 100. */
        RAMP
    }

    private final ArrayLayout layout;
    private final Values values;
    private final long seed;

    SampleArray(ArrayLayout layout, Values values, long seed) {
        this.layout = layout;
        this.values = values;
        this.seed = seed;
    }

    ArrayLayout layout() {
        return layout;
    }

    /** Writes the elements of the array with this number. */
    void write(int number, OutputStream out) throws IOException {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        int itemSize = layout.dtype().itemSize();
        ByteBuffer buffer =
                ByteBuffer.allocate(BUFFER_BYTES).order(layout.dtype().byteOrder());
        long elements = layout.shape().elements();
        for (long i = 0; i < elements; i++) {
            if (buffer.remaining() < itemSize) {
                out.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            if (values == Values.RAMP) {
                put(buffer, row(i) % INTEGERS);
            } else {
                putRandom(buffer, random);
            }
        }
        out.write(buffer.array(), 0, buffer.position());
    }

    private long row(long element) {
        return layout.order() == Order.C
                ? element / Math.max(1, layout.shape().columns())
                : element % layout.shape().rows();
    }

    private void putRandom(ByteBuffer buffer, SplittableRandom random) {
        if (layout.dtype().kind() != Dtype.Kind.FLOAT) {
            put(buffer, random.nextInt(INTEGERS));
        } else if (layout.dtype().itemSize() == Short.BYTES) {
            buffer.putShort(half(random.nextInt(1 << 10), -10));
        } else if (layout.dtype().itemSize() == Float.BYTES) {
            buffer.putFloat((random.nextInt() >>> 8) * 0x1p-24f);
        } else {
            buffer.putDouble(random.nextDouble());
        }
    }

    private void put(ByteBuffer buffer, long value) {
        boolean floating = layout.dtype().kind() == Dtype.Kind.FLOAT;
        switch (layout.dtype().itemSize()) {
            case 1 -> buffer.put((byte) (layout.dtype().kind() == Dtype.Kind.BOOL ? value & 1 : value));
            case 2 -> buffer.putShort(floating ? half((int) value, 0) : (short) value);
            case 4 -> buffer.putInt(floating ? Float.floatToIntBits(value) : (int) value);
            default -> buffer.putLong(floating ? Double.doubleToLongBits(value) : value);
        }
    }

    /**
     * The float16 bits (IEEE 754 binary16) of {@code units * 2^exponent}. {@code units} is below 2^11, and the result
     * must not be subnormal.
     */
    private static short half(int units, int exponent) {
        if (units == 0) {
            return 0;
        }
        int top = 31 - Integer.numberOfLeadingZeros(units);
        return (short) ((top + exponent + 15) << 10 | (units << 10 - top & 0x3ff));
    }
}
