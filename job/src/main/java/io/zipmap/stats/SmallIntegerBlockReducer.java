package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reduces bool and integers of 8 and 16 bits, exactly. The bytes of the array are read as ints, of which each has two
 * or four values, and a loop for each of these <i>parts</i> of an int cuts its value out: HotSpot 17 vectorises shifts
 * and sums of int lanes, but no conversion of short or byte to another type.
 *
 * <p>Unsigned values are reduced minus 2^7 or 2^15, so all are within a short. The lower and the upper 16 bits of a
 * square are added to separate sums, as an int would overflow. n * sum x^2 - (sum x)^2 is n times the sum of squared
 * deviations.
 */
final class SmallIntegerBlockReducer extends IntLaneBlockReducer {
    private static final int VALUES = 1 << 16;

    /** About the number of ints of a stripe. The sums of a part stay in the L1 cache. */
    private static final int INTS = 512;

    /** Stripes of values, or of the sums of 16 bits of their squares, that an int can add. */
    private static final int MAX_STRIPES = 1 << 13;

    private static final int LOW_BITS = 0x7f7f7f7f;
    private static final int LOW_BYTES = 0x00ff00ff;
    private static final int TOP_BITS = 0x80808080;
    private static final int TOP_BITS_OF_SHORTS = 0x80008000;

    private final int itemBits;
    private final boolean bool;
    private final boolean swapped;

    /** Unsigned values are reduced minus this; 0 for others. */
    private final int offset;

    private final int[] stripe;
    private final Part[] parts;

    /** Values at the end of blocks that do not fill an int, a lane for each column. */
    private final Part rest;

    private final int[] least;
    private final int[] most;
    private final long[] sum;
    private final long[] squares;

    SmallIntegerBlockReducer(ArrayLayout layout, int columns) {
        super(
                layout,
                columns,
                stripeRows(layout.dtype(), columns),
                VALUES / columns / stripeRows(layout.dtype(), columns),
                MAX_STRIPES);
        Dtype dtype = layout.dtype();
        itemBits = dtype.itemSize() * Byte.SIZE;
        bool = dtype.kind() == Dtype.Kind.BOOL;
        swapped = itemBits > Byte.SIZE && dtype.byteOrder() == ByteOrder.BIG_ENDIAN;
        offset = (int) offset(dtype);
        parts = new Part[Integer.SIZE / itemBits];
        stripe = new int[lanes / parts.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part(stripe.length);
        }
        rest = new Part(columns);
        least = new int[columns];
        most = new int[columns];
        sum = new long[columns];
        squares = new long[columns];
    }

    /** A multiple of the values of an int, so that a lane of a part has values of one column only. */
    private static int stripeRows(Dtype dtype, int columns) {
        return Integer.BYTES / dtype.itemSize() * (INTS / columns);
    }

    @Override
    double value(int at) {
        return shifted(at) + offset;
    }

    /** A value minus the offset. */
    private int shifted(int at) {
        if (itemBits == Byte.SIZE) {
            return bool ? Math.min(bytes[at] & 0xff, 1) : (byte) (bytes[at] - offset);
        }
        int first = bytes[2 * at];
        int second = bytes[2 * at + 1];
        return (short) ((swapped ? first << 8 | second & 0xff : second << 8 | first & 0xff) - offset);
    }

    @Override
    void gather() {
        int whole = values() / parts.length;
        for (int from = 0; from < whole; from += stripe.length) {
            int n = Math.min(stripe.length, whole - from);
            load(from, n);
            for (int i = 0; i < parts.length; i++) {
                add(n, Integer.SIZE - (i + 1) * itemBits, parts[i]);
            }
        }
        for (int i = whole * parts.length; i < values(); i++) {
            rest.add(i % columns, shifted(i));
        }
    }

    private void load(int from, int n) {
        ints.get(from, stripe, 0, n);
        if (swapped) {
            swap(stripe, n);
        }
        if (bool) {
            truths(stripe, n);
        } else if (offset != 0) {
            flip(stripe, n, itemBits == Byte.SIZE ? TOP_BITS : TOP_BITS_OF_SHORTS);
        }
    }

    /** Swaps the bytes of each short. */
    private static void swap(int[] stripe, int n) {
        for (int j = 0; j < n; j++) {
            stripe[j] = (stripe[j] & LOW_BYTES) << Byte.SIZE | stripe[j] >>> Byte.SIZE & LOW_BYTES;
        }
    }

    /** Makes each byte 0 or 1: any byte of a bool but 0 is true. */
    private static void truths(int[] stripe, int n) {
        for (int j = 0; j < n; j++) {
            stripe[j] = (((stripe[j] & LOW_BITS) + LOW_BITS | stripe[j]) & TOP_BITS) >>> (Byte.SIZE - 1);
        }
    }

    /** Subtracts the offset, whose only bit is the top bit of a value. */
    private static void flip(int[] stripe, int n, int bits) {
        for (int j = 0; j < n; j++) {
            stripe[j] ^= bits;
        }
    }

    @Override
    void setResult(long rows) {
        Arrays.fill(least, Integer.MAX_VALUE);
        Arrays.fill(most, Integer.MIN_VALUE);
        Arrays.fill(sum, 0);
        Arrays.fill(squares, 0);
        for (int i = 0; i < parts.length; i++) {
            fold(parts[i], i, parts.length);
        }
        fold(rest, 0, 1);
        for (int c = 0; c < columns; c++) {
            long upper = Math.multiplyHigh(rows, squares[c]) - Math.multiplyHigh(sum[c], sum[c]);
            long lower = rows * squares[c] - sum[c] * sum[c];
            long borrow = Long.compareUnsigned(rows * squares[c], sum[c] * sum[c]) < 0 ? 1 : 0;
            result.set(c, rows, DoubleDouble.ofWide(upper - borrow, lower).dividedBy(rows).hi);
            long total = sum[c] + rows * offset;
            ((IntegerAccumulator) result).setExact(c, least[c] + offset, most[c] + offset, total >> 63, total);
        }
    }

    /** Adds the lanes of a part to their columns: lane {@code j} has values {@code first + j * step} of a stripe. */
    private void fold(Part part, int first, int step) {
        for (int j = 0, c = first % columns; j < part.sum.length; j++, c = (c + step) % columns) {
            least[c] = Math.min(least[c], part.min[j]);
            most[c] = Math.max(most[c], part.max[j]);
            sum[c] += part.sum[j];
            squares[c] += ((long) part.upper[j] << 16) + part.lower[j];
        }
        part.clear();
    }

    /** Sums and extremes of one value of each int. */
    private static final class Part {
        final int[] min;
        final int[] max;
        final int[] sum;

        /** Sums of the lower 16 bits of the squares. */
        final int[] lower;

        /** Sums of the upper 16 bits of the squares. */
        final int[] upper;

        Part(int lanes) {
            min = new int[lanes];
            max = new int[lanes];
            sum = new int[lanes];
            lower = new int[lanes];
            upper = new int[lanes];
            clear();
        }

        void clear() {
            Arrays.fill(min, Short.MAX_VALUE);
            Arrays.fill(max, Short.MIN_VALUE);
            Arrays.fill(sum, 0);
            Arrays.fill(lower, 0);
            Arrays.fill(upper, 0);
        }

        void add(int lane, int value) {
            min[lane] = Math.min(min[lane], value);
            max[lane] = Math.max(max[lane], value);
            sum[lane] += value;
            lower[lane] += value * value & 0xffff;
            upper[lane] += value * value >>> 16;
        }
    }

    /**
     * Adds one value of each int.
     *
     * @param above number of bits above the value
     */
    private void add(int n, int above, Part part) {
        int others = Integer.SIZE - itemBits;
        extremes(stripe, n, above, others, part.min, part.max);
        if (itemBits == Byte.SIZE) {
            sums(stripe, n, above, others, part.sum, part.lower);
        } else {
            sums(stripe, n, above, others, part.sum, part.lower, part.upper);
        }
    }

    /** HotSpot 17 does not vectorise {@code Math.min} of int. The differences of shorts do not overflow. */
    private static void extremes(int[] ints, int n, int above, int others, int[] min, int[] max) {
        for (int j = 0; j < n; j++) {
            int value = ints[j] << above >> others;
            int below = value - min[j];
            min[j] += below & below >> 31;
            int beyond = value - max[j];
            max[j] += beyond & ~(beyond >> 31);
        }
    }

    private static void sums(int[] ints, int n, int above, int others, int[] sum, int[] lower, int[] upper) {
        for (int j = 0; j < n; j++) {
            int value = ints[j] << above >> others;
            sum[j] += value;
            lower[j] += value * value & 0xffff;
            upper[j] += value * value >>> 16;
        }
    }

    /** Squares of bytes have no upper bits. */
    private static void sums(int[] ints, int n, int above, int others, int[] sum, int[] squares) {
        for (int j = 0; j < n; j++) {
            int value = ints[j] << above >> others;
            sum[j] += value;
            squares[j] += value * value;
        }
    }
}
