package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reduces int64, uint64, and the integer values of datetime64 and timedelta64. uint64 is stored minus 2^63, as in
 * {@link IntegerAccumulator}. NaT is left out, as NaN is.
 */
final class LongBlockReducer extends BlockReducer {
    private final long[] values;
    private final long[] stripe = new long[lanes];
    private final long offset;
    private final boolean times;
    private final long[] upper = new long[lanes];
    private final long[] lower = new long[lanes];
    private final long[] min = new long[lanes];
    private final long[] max = new long[lanes];
    private final long[] pivot = new long[lanes];
    private final double[] squares = new double[lanes];

    LongBlockReducer(ArrayLayout layout, int columns) {
        super(layout, columns, 512 / columns, 32);
        this.values = new long[capacity() * columns];
        this.offset = layout.dtype().kind() == Dtype.Kind.UINT ? Long.MIN_VALUE : 0;
        this.times = layout.dtype().kind().isTime();
    }

    @Override
    void read(MappedArray array, long index, int at, int count) throws IOException {
        array.read(index, values, at, count);
    }

    /** Takes values of one column instead of reading them. */
    void take(long[] from, int at, int count) {
        System.arraycopy(from, at, values, 0, count);
        filled(count);
    }

    @Override
    double value(int at) {
        if (times && values[at] == Dtype.NOT_A_TIME) {
            return Double.NaN;
        }
        boolean large = offset != 0 && values[at] < 0;
        return large ? (values[at] >>> 1) * 2.0 : values[at];
    }

    @Override
    void reduce() {
        int used = lanes(0);
        load(0);
        System.arraycopy(stripe, 0, min, 0, used);
        System.arraycopy(stripe, 0, max, 0, used);
        Arrays.fill(upper, 0, used, 0);
        Arrays.fill(lower, 0, used, 0);
        for (int from = 0; from < values(); from += lanes) {
            int n = load(from);
            sum(stripe, n, upper, lower);
            extremes(stripe, n, min, max);
        }
        boolean wide = false;
        double[] pivotError = new double[columns];
        for (int c = 0; c < columns; c++) {
            fold(used, c);
            if (!hasNaT(c)) {
                pivotError[c] = setExact(c, rows());
                wide |= max[c] - min[c] < 0;
            }
        }
        for (int base = columns; base < used; base += columns) {
            System.arraycopy(pivot, 0, pivot, base, columns);
        }
        Arrays.fill(squares, 0, used, 0);
        for (int from = 0; from < values(); from += lanes) {
            int n = load(from);
            if (wide) {
                squaresOfWide(stripe, n, pivot, squares);
            } else {
                squares(stripe, n, pivot, squares);
            }
        }
        for (int c = 0; c < columns; c++) {
            if (hasNaT(c)) {
                reduceSlowly(c);
            } else {
                result.set(c, rows(), Math.max(0, total(used, c) - rows() * pivotError[c] * pivotError[c]));
            }
        }
    }

    private boolean hasNaT(int column) {
        return times && min[column] == Dtype.NOT_A_TIME;
    }

    /**
     * Sets minimum, maximum and sum of a column, and takes the integer nearest to the mean as its pivot.
     *
     * @return mean minus pivot
     */
    private double setExact(int column, long counted) {
        long middle = (upper[column] << 32) + lower[column];
        long carry = (upper[column] >> 32) + carry(upper[column] << 32, middle);
        ((IntegerAccumulator) result).setExact(column, min[column], max[column], carry, middle);
        pivot[column] = DoubleDouble.ofWide(carry, middle).dividedBy(counted).toLong();
        return (double) (middle - counted * pivot[column]) / counted;
    }

    /** Reduces a column with NaT, value by value. */
    private void reduceSlowly(int column) {
        long counted = 0;
        min[column] = Long.MAX_VALUE;
        max[column] = Long.MIN_VALUE;
        upper[column] = 0;
        lower[column] = 0;
        for (int i = column; i < values(); i += columns) {
            if (values[i] != Dtype.NOT_A_TIME) {
                counted++;
                min[column] = Math.min(min[column], values[i]);
                max[column] = Math.max(max[column], values[i]);
                upper[column] += values[i] >> 32;
                lower[column] += values[i] & 0xffffffffL;
            }
        }
        if (counted == 0) {
            result.set(column, 0, 0);
            return;
        }
        double rest = setExact(column, counted);
        double total = 0;
        for (int i = column; i < values(); i += columns) {
            double distance = values[i] == Dtype.NOT_A_TIME ? 0 : distance(values[i], pivot[column]);
            total += distance * distance;
        }
        result.set(column, counted, Math.max(0, total - counted * rest * rest));
    }

    /** Copies the stripe that starts at this value, minus 2^63 for uint64. */
    private int load(int from) {
        int n = lanes(from);
        System.arraycopy(values, from, stripe, 0, n);
        for (int j = 0; j < n; j++) {
            stripe[j] ^= offset;
        }
        return n;
    }

    private static long carry(long added, long sum) {
        return Long.compareUnsigned(sum, added) < 0 ? 1 : 0;
    }

    private void fold(int used, int column) {
        for (int j = column + columns; j < used; j += columns) {
            upper[column] += upper[j];
            lower[column] += lower[j];
            min[column] = Math.min(min[column], min[j]);
            max[column] = Math.max(max[column], max[j]);
        }
    }

    private double total(int used, int column) {
        double total = 0;
        for (int j = column; j < used; j += columns) {
            total += squares[j];
        }
        return total;
    }

    /** Adds the upper and the lower 32 bits of each value to separate sums, so that no sum overflows. */
    private static void sum(long[] values, int n, long[] upper, long[] lower) {
        for (int j = 0; j < n; j++) {
            long value = values[j];
            upper[j] += value >> 32;
            lower[j] += value & 0xffffffffL;
        }
    }

    private static void extremes(long[] values, int n, long[] min, long[] max) {
        for (int j = 0; j < n; j++) {
            long value = values[j];
            min[j] = Math.min(min[j], value);
            max[j] = Math.max(max[j], value);
        }
    }

    private static void squares(long[] values, int n, long[] pivot, double[] squares) {
        for (int j = 0; j < n; j++) {
            double distance = values[j] - pivot[j];
            squares[j] += distance * distance;
        }
    }

    /** Adds squared distances that may exceed a long. */
    private static void squaresOfWide(long[] values, int n, long[] pivot, double[] squares) {
        for (int j = 0; j < n; j++) {
            double distance = distance(values[j], pivot[j]);
            squares[j] += distance * distance;
        }
    }

    private static double distance(long value, long pivot) {
        long halves = (value >> 1) - (pivot >> 1);
        return 2.0 * halves + ((value & 1) - (pivot & 1));
    }
}
