package io.zipmap.stats;

import io.zipmap.array.Dtype;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.util.Arrays;

/**
 * int64 and uint64, the latter moved down by 2^63 as {@link IntegerAccumulator} keeps it; the counts of datetime64 and
 * timedelta64, of which those that are no time are left out as NaN is.
 */
final class LongBlockReducer extends BlockReducer {
    private final long[] values;
    private final long[] stripe = new long[lanes];
    private final long move;
    private final boolean times;
    private final long[] upper = new long[lanes];
    private final long[] lower = new long[lanes];
    private final long[] min = new long[lanes];
    private final long[] max = new long[lanes];
    private final long[] pivot = new long[lanes];
    private final double[] squares = new double[lanes];

    LongBlockReducer(MappedArray array, int columns) {
        super(array, columns, 512 / columns, 32);
        this.values = new long[capacity() * columns];
        this.move = array.dtype().kind() == Dtype.Kind.UINT ? Long.MIN_VALUE : 0;
        this.times = array.dtype().kind().isTime();
    }

    @Override
    void read(MappedArray array, long index, int at, int count) throws IOException {
        array.read(index, values, at, count);
    }

    @Override
    double value(int at) {
        if (times && values[at] == Dtype.NOT_A_TIME) {
            return Double.NaN;
        }
        boolean large = move != 0 && values[at] < 0;
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
        double[] off = new double[columns];
        for (int c = 0; c < columns; c++) {
            fold(used, c);
            if (!hasGaps(c)) {
                off[c] = setExact(c, rows());
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
            if (hasGaps(c)) {
                reduceSlowly(c);
            } else {
                found.set(c, rows(), Math.max(0, total(used, c) - rows() * off[c] * off[c]));
            }
        }
    }

    private boolean hasGaps(int column) {
        return times && min[column] == Dtype.NOT_A_TIME;
    }

    /**
     * Puts extremes and sum down, and takes the whole number next to the mean as pivot.
     *
     * @return by how much the mean is off it
     */
    private double setExact(int column, long counted) {
        long middle = (upper[column] << 32) + lower[column];
        long carry = (upper[column] >> 32) + carried(upper[column] << 32, middle);
        ((IntegerAccumulator) found).setExact(column, min[column], max[column], carry, middle);
        pivot[column] = DoubleDouble.of(carry, middle).dividedBy(counted).toLong();
        return (double) (middle - counted * pivot[column]) / counted;
    }

    /** A column in which some are no time, value by value. */
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
            found.set(column, 0, 0);
            return;
        }
        double rest = setExact(column, counted);
        double total = 0;
        for (int i = column; i < values(); i += columns) {
            double apart = values[i] == Dtype.NOT_A_TIME ? 0 : apart(values[i], pivot[column]);
            total += apart * apart;
        }
        found.set(column, counted, Math.max(0, total - counted * rest * rest));
    }

    /** Fetches the stripe that starts at this value, moved. */
    private int load(int from) {
        int n = lanes(from);
        System.arraycopy(values, from, stripe, 0, n);
        for (int j = 0; j < n; j++) {
            stripe[j] ^= move;
        }
        return n;
    }

    private static long carried(long added, long sum) {
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

    /** The halves apart, so that nothing overflows. */
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
            double apart = values[j] - pivot[j];
            squares[j] += apart * apart;
        }
    }

    /** For columns whose values lie further apart than a long can say. */
    private static void squaresOfWide(long[] values, int n, long[] pivot, double[] squares) {
        for (int j = 0; j < n; j++) {
            double apart = apart(values[j], pivot[j]);
            squares[j] += apart * apart;
        }
    }

    private static double apart(long value, long pivot) {
        long halves = (value >> 1) - (pivot >> 1);
        return 2.0 * halves + ((value & 1) - (pivot & 1));
    }
}
