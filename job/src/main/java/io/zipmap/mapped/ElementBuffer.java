package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/**
 * A bounded piece of an array on the heap, in a Java array that holds the dtype exactly: {@code byte[]} for bool, int8
 * and uint8; {@code short[]} for int16 and uint16; {@code int[]} for int32; {@code long[]} for uint32, int64 and
 * uint64; {@code float[]} for float16 and float32; {@code double[]} for float64; {@code long[]} for the counts of
 * datetime64 and timedelta64. Unsigned values but uint32 are their bits. Texts are the {@code byte[]} of all of them,
 * as they lie. It is filled again and again by {@link MappedArray#read(Strip, io.zipmap.array.Leaf, ElementBuffer)};
 * byte order is gone by then, but from texts.
 */
public abstract class ElementBuffer {
    /** Below this a loop is faster than a bulk copy. */
    private static final int SHORT_RUN = 8;

    private final int capacity;

    private ElementBuffer(int capacity) {
        this.capacity = capacity;
    }

    public static ElementBuffer of(Dtype dtype, int capacity) {
        if (dtype.kind().isText()) {
            return new Texts(capacity, dtype.itemSize());
        }
        boolean floating = dtype.kind() == Dtype.Kind.FLOAT;
        return switch (dtype.itemSize()) {
            case 1 -> new Bytes(capacity);
            case 2 -> floating ? new Floats(dtype, capacity) : new Shorts(capacity);
            case 4 ->
                floating
                        ? new Floats(dtype, capacity)
                        : dtype.kind() == Dtype.Kind.UINT ? new Longs(dtype, capacity) : new Ints(capacity);
            default -> floating ? new Doubles(capacity) : new Longs(dtype, capacity);
        };
    }

    /** Elements that fit. */
    public final int capacity() {
        return capacity;
    }

    /** The Java array: always the same one. */
    public abstract Object array();

    abstract void copy(ByteBuffer window, int at, int to, int count);

    private static final class Texts extends ElementBuffer {
        private final byte[] array;
        private final int itemSize;

        Texts(int capacity, int itemSize) {
            super(capacity);
            this.array = new byte[Math.multiplyExact(capacity, itemSize)];
            this.itemSize = itemSize;
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        void copy(ByteBuffer window, int at, int to, int count) {
            window.get(at, array, to * itemSize, count * itemSize);
        }
    }

    private static final class Bytes extends ElementBuffer {
        private final byte[] array;

        Bytes(int capacity) {
            super(capacity);
            array = new byte[capacity];
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        void copy(ByteBuffer window, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = window.get(at + i);
                }
            } else {
                window.get(at, array, to, count);
            }
        }
    }

    private static final class Shorts extends ElementBuffer {
        private final short[] array;

        Shorts(int capacity) {
            super(capacity);
            array = new short[capacity];
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        void copy(ByteBuffer window, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = window.getShort(at + i * Short.BYTES);
                }
            } else {
                window.asShortBuffer().get(at / Short.BYTES, array, to, count);
            }
        }
    }

    private static final class Ints extends ElementBuffer {
        private final int[] array;

        Ints(int capacity) {
            super(capacity);
            array = new int[capacity];
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        void copy(ByteBuffer window, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = window.getInt(at + i * Integer.BYTES);
                }
            } else {
                window.asIntBuffer().get(at / Integer.BYTES, array, to, count);
            }
        }
    }

    private static final class Longs extends ElementBuffer {
        private final long[] array;
        private final Elements elements;
        private final int itemSize;

        Longs(Dtype dtype, int capacity) {
            super(capacity);
            array = new long[capacity];
            elements = Elements.of(dtype);
            itemSize = dtype.itemSize();
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        void copy(ByteBuffer window, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = elements.longAt(window, at + i * itemSize);
                }
            } else {
                elements.read(window, at, array, to, count);
            }
        }
    }

    private static final class Floats extends ElementBuffer {
        private final float[] array;
        private final Elements elements;
        private final int itemSize;

        Floats(Dtype dtype, int capacity) {
            super(capacity);
            array = new float[capacity];
            elements = Elements.of(dtype);
            itemSize = dtype.itemSize();
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        void copy(ByteBuffer window, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = elements.floatAt(window, at + i * itemSize);
                }
            } else {
                elements.read(window, at, array, to, count);
            }
        }
    }

    private static final class Doubles extends ElementBuffer {
        private final double[] array;

        Doubles(int capacity) {
            super(capacity);
            array = new double[capacity];
        }

        @Override
        public Object array() {
            return array;
        }

        @Override
        void copy(ByteBuffer window, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = window.getDouble(at + i * Double.BYTES);
                }
            } else {
                window.asDoubleBuffer().get(at / Double.BYTES, array, to, count);
            }
        }
    }
}
