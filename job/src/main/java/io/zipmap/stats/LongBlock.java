package io.zipmap.stats;

import io.zipmap.store.MappedArray;
import java.io.IOException;
import java.util.Arrays;

/** int64 and uint64, the latter moved down by 2^63 as {@link IntegerColumns} keeps it. */
final class LongBlock extends Block {
    private final long[] values;
    private final long[] stripe = new long[lanes];
    private final long move;
    private final long[] upper = new long[lanes];
    private final long[] lower = new long[lanes];
    private final long[] min = new long[lanes];
    private final long[] max = new long[lanes];
    private final long[] pivot = new long[lanes];
    private final double[] squares = new double[lanes];

    LongBlock(MappedArray array, int columns, boolean unsigned) {
        super(array, columns, 512, 32);
        this.values = new long[capacity() * columns];
        this.move = unsigned ? Long.MIN_VALUE : 0;
    }

    @Override
    void read(MappedArray array, long index, int at, int count) throws IOException {
        array.read(index, values, at, count);
    }

    @Override
    double value(int at) {
        boolean large = move != 0 && values[at] < 0;
        return large ? (values[at] >>> 1) * 2.0 : values[at];
    }

    @Override
    void reduce(Columns into, Columns before, int at) {
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
            long middle = (upper[c] << 32) + lower[c];
            long carry = (upper[c] >> 32) + carried(upper[c] << 32, middle);
            ((IntegerColumns) into).setExact(c, min[c], max[c], carry, middle);
            pivot[c] = DoubleDouble.of(carry, middle).dividedBy(rows()).toLong();
            off[c] = (double) (middle - rows() * pivot[c]) / rows();
            wide |= max[c] - min[c] < 0;
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
            into.set(c, rows(), Math.max(0, total(used, c) - rows() * off[c] * off[c]));
        }
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
            long halves = (values[j] >> 1) - (pivot[j] >> 1);
            double apart = 2.0 * halves + ((values[j] & 1) - (pivot[j] & 1));
            squares[j] += apart * apart;
        }
    }
}
