package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reduces int32 and uint32, exactly and in int lanes, which HotSpot 17 vectorises; it vectorises no conversion of int.
 * uint32 is reduced minus 2^31.
 *
 * <p>A value is {@code upper * 2^16 + lower} with a signed {@code lower}, so its square is a sum of three products. No
 * product overflows an int; its upper and its lower 16 bits are added to separate sums. As in
 * {@link SmallIntegerBlockReducer}, n * sum x^2 - (sum x)^2 is n times the sum of squared deviations.
 */
final class IntBlockReducer extends IntLaneBlockReducer {
    private static final int VALUES = 1 << 15;
    private static final int LANES = 512;

    /** Stripes of 16-bit values that an int can add. */
    private static final int MAX_STRIPES = 1 << 14;

    private final boolean swapped;

    /** 2^31 for uint32, which are reduced minus this; 0 for int32. */
    private final long offset;

    private final int[] stripe = new int[lanes];
    private final int[] min = new int[lanes];
    private final int[] max = new int[lanes];
    private final Sums values = new Sums(lanes);
    private final Sums upperSquares = new Sums(lanes);
    private final Sums mixed = new Sums(lanes);
    private final Sums lowerSquares = new Sums(lanes);

    IntBlockReducer(ArrayLayout layout, int columns) {
        super(layout, columns, LANES / columns, VALUES / columns / (LANES / columns), MAX_STRIPES);
        swapped = layout.dtype().byteOrder() == ByteOrder.BIG_ENDIAN;
        offset = offset(layout.dtype());
        clear();
    }

    @Override
    double value(int at) {
        int value = swapped ? Integer.reverseBytes(ints.get(at)) : ints.get(at);
        return offset == 0 ? value : Integer.toUnsignedLong(value);
    }

    @Override
    void gather() {
        for (int from = 0; from < values(); from += lanes) {
            int n = lanes(from);
            ints.get(from, stripe, 0, n);
            if (swapped) {
                swap(stripe, n);
            }
            if (offset != 0) {
                flip(stripe, n);
            }
            min(stripe, n, min);
            max(stripe, n, max);
            sums(stripe, n, values.upper, values.lower);
            squaresOfUpper(stripe, n, upperSquares.upper, upperSquares.lower);
            squaresOfLower(stripe, n, lowerSquares.upper, lowerSquares.lower);
            products(stripe, n, mixed.upper, mixed.lower);
        }
    }

    /** HotSpot 17 does not vectorise {@code Integer.reverseBytes}. */
    private static void swap(int[] ints, int n) {
        for (int j = 0; j < n; j++) {
            int value = ints[j];
            ints[j] = value << 24 | (value & 0xff00) << 8 | value >>> 8 & 0xff00 | value >>> 24;
        }
    }

    /** Subtracts 2^31. */
    private static void flip(int[] ints, int n) {
        for (int j = 0; j < n; j++) {
            ints[j] ^= Integer.MIN_VALUE;
        }
    }

    /**
     * HotSpot 17 does not vectorise {@code Math.min} of int. The top bit of {@code below} tells whether the value is
     * less, as the difference does where both have the same sign.
     */
    private static void min(int[] ints, int n, int[] min) {
        for (int j = 0; j < n; j++) {
            int value = ints[j];
            int least = min[j];
            int below = value & ~least | ~(value ^ least) & (value - least);
            min[j] = least ^ (value ^ least) & below >> 31;
        }
    }

    private static void max(int[] ints, int n, int[] max) {
        for (int j = 0; j < n; j++) {
            int value = ints[j];
            int most = max[j];
            int beyond = most & ~value | ~(value ^ most) & (most - value);
            max[j] = most ^ (value ^ most) & beyond >> 31;
        }
    }

    private static void sums(int[] ints, int n, int[] upper, int[] lower) {
        for (int j = 0; j < n; j++) {
            upper[j] += ints[j] >> 16;
            lower[j] += ints[j] & 0xffff;
        }
    }

    private static void squaresOfUpper(int[] ints, int n, int[] upper, int[] lower) {
        for (int j = 0; j < n; j++) {
            int half = (ints[j] >> 16) + (ints[j] >>> 15 & 1);
            int square = half * half;
            upper[j] += square >>> 16;
            lower[j] += square & 0xffff;
        }
    }

    private static void squaresOfLower(int[] ints, int n, int[] upper, int[] lower) {
        for (int j = 0; j < n; j++) {
            int half = ints[j] << 16 >> 16;
            int square = half * half;
            upper[j] += square >>> 16;
            lower[j] += square & 0xffff;
        }
    }

    /** Adds the product of both halves of each value. */
    private static void products(int[] ints, int n, int[] upper, int[] lower) {
        for (int j = 0; j < n; j++) {
            int product = ((ints[j] >> 16) + (ints[j] >>> 15 & 1)) * (ints[j] << 16 >> 16);
            upper[j] += product >> 16;
            lower[j] += product & 0xffff;
        }
    }

    @Override
    void setResult(long rows) {
        BigInteger counted = BigInteger.valueOf(rows);
        for (int c = 0; c < columns; c++) {
            int least = min[c];
            int most = max[c];
            for (int j = c + columns; j < lanes; j += columns) {
                least = Math.min(least, min[j]);
                most = Math.max(most, max[j]);
            }
            long sum = values.total(c, columns);
            BigInteger squares = BigInteger.valueOf(upperSquares.total(c, columns))
                    .shiftLeft(32)
                    .add(BigInteger.valueOf(mixed.total(c, columns)).shiftLeft(17))
                    .add(BigInteger.valueOf(lowerSquares.total(c, columns)));
            BigInteger deviations =
                    counted.multiply(squares).subtract(BigInteger.valueOf(sum).pow(2));
            DoubleDouble wide =
                    DoubleDouble.ofWide(deviations.shiftRight(Long.SIZE).longValue(), deviations.longValue());
            result.set(c, rows, wide.dividedBy(rows).hi);
            long total = sum + rows * offset;
            ((IntegerAccumulator) result).setExact(c, least + offset, most + offset, total >> 63, total);
        }
        clear();
    }

    private void clear() {
        Arrays.fill(min, Integer.MAX_VALUE);
        Arrays.fill(max, Integer.MIN_VALUE);
        values.clear();
        upperSquares.clear();
        mixed.clear();
        lowerSquares.clear();
    }

    /** Sums of the upper and of the lower 16 bits, a lane each. */
    private static final class Sums {
        final int[] upper;
        final int[] lower;

        Sums(int lanes) {
            upper = new int[lanes];
            lower = new int[lanes];
        }

        /** The sum of all lanes of a column. */
        long total(int column, int columns) {
            long total = 0;
            for (int j = column; j < upper.length; j += columns) {
                total += ((long) upper[j] << 16) + lower[j];
            }
            return total;
        }

        void clear() {
            Arrays.fill(upper, 0);
            Arrays.fill(lower, 0);
        }
    }
}
