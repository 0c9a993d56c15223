package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;

/**
 * A buffer on the heap for elements of one dtype: a Java array of fixed length, which
 * {@link MappedArray#read(StridedRange, io.zipmap.array.Leaf, ElementBuffer)} fills again and again. The type of the
 * array holds the dtype exactly:
 *
 * <ul>
 *   <li>{@code byte[]} for bool, int8 and uint8
 *   <li>{@code short[]} for int16 and uint16
 *   <li>{@code int[]} for int32
 *   <li>{@code long[]} for uint32, int64, uint64, and for the counts of datetime64 and timedelta64
 *   <li>{@code float[]} for float16 and float32
 *   <li>{@code double[]} for float64
 *   <li>{@code byte[]} for texts, one text after the other
 * </ul>
 *
 * uint8, uint16 and uint64 are stored as their bits. Numbers are in the byte order of the machine, texts in that of the
 * dtype. Not thread-safe.
 */
public abstract class ElementBuffer {
    /** For fewer elements than this, a loop is faster than a bulk copy. */
    private static final int SHORT_RUN = 8;

    private final int capacity;

    private ElementBuffer(int capacity) {
        this.capacity = capacity;
    }

    /**
     * A buffer for elements of a dtype.
     *
     * @param capacity in elements
     */
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
            case 8 -> floating ? new Doubles(capacity) : new Longs(dtype, capacity);
            default -> throw new IllegalArgumentException("Cannot buffer elements of " + dtype);
        };
    }

    /** Number of elements that fit in. */
    public final int capacity() {
        return capacity;
    }

    /** The Java array, always the same one. */
    public abstract Object array();

    /** Copies {@code count} elements from {@code at} on, to index {@code to} and after it. */
    abstract void copy(ByteBuffer bytes, int at, int to, int count);

    /**
     * Moves runs of elements to the front: run {@code rows[k]} becomes run {@code k}.
     *
     * @param base index of the first element of run 0
     * @param stride elements from the start of one run to that of the next
     * @param length elements of a run
     * @param rows numbers of runs, sorted
     * @param count the number of runs
     */
    public final void keep(int base, int stride, int length, int[] rows, int count) {
        if (length == stride && (length > 1 || hasLongRuns(rows, count))) {
            keepNeighbours(base, stride, rows, count);
        } else if (length == 1) {
            keepSingle(base, stride, rows, count);
        } else {
            keepRuns(base, stride, length, rows, count);
        }
    }

    /** Whether most of the rows follow one another, so that bulk copies are faster than a loop. */
    public static boolean hasLongRuns(int[] rows, int count) {
        return count > 0 && count >= (rows[count - 1] + 1) / 8 * 7;
    }

    /** As {@link #keep} of whole rows: rows that follow one another are moved together. */
    private void keepNeighbours(int base, int stride, int[] rows, int count) {
        for (int k = 0, end; k < count; k = end) {
            end = k + 1;
            while (end < count && rows[end] - rows[k] == end - k) {
                end++;
            }
            if (rows[k] > k) {
                move(base + rows[k] * stride, base + k * stride, (end - k) * stride);
            }
        }
    }

    /** As {@link #keep} of runs of one element, for which a loop is faster than bulk copies. */
    abstract void keepSingle(int base, int stride, int[] rows, int count);

    private void keepRuns(int base, int stride, int length, int[] rows, int count) {
        for (int k = 0; k < count; k++) {
            move(base + rows[k] * stride, base + k * stride, length);
        }
    }

    /** Copies elements within this buffer. */
    void move(int from, int to, int length) {
        System.arraycopy(array(), from, array(), to, length);
    }

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
        void copy(ByteBuffer bytes, int at, int to, int count) {
            bytes.get(at, array, to * itemSize, count * itemSize);
        }

        @Override
        void keepSingle(int base, int stride, int[] rows, int count) {
            for (int k = 0; k < count; k++) {
                move(base + rows[k] * stride, base + k * stride, 1);
            }
        }

        @Override
        void move(int from, int to, int length) {
            System.arraycopy(array, from * itemSize, array, to * itemSize, length * itemSize);
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
        void keepSingle(int base, int stride, int[] rows, int count) {
            for (int k = 0; k < count; k++) {
                array[base + k * stride] = array[base + rows[k] * stride];
            }
        }

        @Override
        void copy(ByteBuffer bytes, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = bytes.get(at + i);
                }
            } else {
                bytes.get(at, array, to, count);
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
        void keepSingle(int base, int stride, int[] rows, int count) {
            for (int k = 0; k < count; k++) {
                array[base + k * stride] = array[base + rows[k] * stride];
            }
        }

        @Override
        void copy(ByteBuffer bytes, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = bytes.getShort(at + i * Short.BYTES);
                }
            } else {
                bytes.asShortBuffer().get(at / Short.BYTES, array, to, count);
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
        void keepSingle(int base, int stride, int[] rows, int count) {
            for (int k = 0; k < count; k++) {
                array[base + k * stride] = array[base + rows[k] * stride];
            }
        }

        @Override
        void copy(ByteBuffer bytes, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = bytes.getInt(at + i * Integer.BYTES);
                }
            } else {
                bytes.asIntBuffer().get(at / Integer.BYTES, array, to, count);
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
        void keepSingle(int base, int stride, int[] rows, int count) {
            for (int k = 0; k < count; k++) {
                array[base + k * stride] = array[base + rows[k] * stride];
            }
        }

        @Override
        void copy(ByteBuffer bytes, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = elements.longAt(bytes, at + i * itemSize);
                }
            } else {
                elements.readLongs(bytes, at, array, to, count);
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
        void keepSingle(int base, int stride, int[] rows, int count) {
            for (int k = 0; k < count; k++) {
                array[base + k * stride] = array[base + rows[k] * stride];
            }
        }

        @Override
        void copy(ByteBuffer bytes, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = elements.floatAt(bytes, at + i * itemSize);
                }
            } else {
                elements.readFloats(bytes, at, array, to, count);
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
        void keepSingle(int base, int stride, int[] rows, int count) {
            for (int k = 0; k < count; k++) {
                array[base + k * stride] = array[base + rows[k] * stride];
            }
        }

        @Override
        void copy(ByteBuffer bytes, int at, int to, int count) {
            if (count < SHORT_RUN) {
                for (int i = 0; i < count; i++) {
                    array[to + i] = bytes.getDouble(at + i * Double.BYTES);
                }
            } else {
                bytes.asDoubleBuffer().get(at / Double.BYTES, array, to, count);
            }
        }
    }
}
