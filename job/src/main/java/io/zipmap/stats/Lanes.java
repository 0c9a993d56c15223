package io.zipmap.stats;

/**
 * The loops that take the time, over arrays in step. From index 0 on, and without a branch, is the form that HotSpot's C2
 * makes vector instructions of (JDK 17); and they are few, because in a young process each of them waits for C2 in turn.
 */
final class Lanes {
    private Lanes() {}

    /** Apart from the arithmetic, since C2 makes no vector instructions of a conversion. */
    static void widen(float[] values, int from, int n, double[] into) {
        for (int j = 0; j < n; j++) {
            into[j] = values[from + j];
        }
    }

    /** Adds two stripes to sums, sums of squared distances from the pivot, and extremes. */
    static void gather(
            double[] some, double[] more, int n, double[] pivot, double[] sum, double[] squares, double[] min, double[] max) {
        for (int j = 0; j < n; j++) {
            double a = some[j];
            double b = more[j];
            double c = a - pivot[j];
            double d = b - pivot[j];
            sum[j] += a + b;
            squares[j] += c * c + d * d;
            min[j] = Math.min(min[j], Math.min(a, b));
            max[j] = Math.max(max[j], Math.max(a, b));
        }
    }

    /** Adds, and gathers in {@code rest} what rounding loses (Knuth's two-sum): a sum of twice the precision. */
    static void sum(double[] values, int n, double[] sum, double[] rest, double[] min, double[] max) {
        for (int j = 0; j < n; j++) {
            double value = values[j];
            double before = sum[j];
            double after = before + value;
            double added = after - before;
            rest[j] += (before - (after - added)) + (value - added);
            sum[j] = after;
            min[j] = Math.min(min[j], value);
            max[j] = Math.max(max[j], value);
        }
    }

    static void squares(double[] values, int n, double[] pivot, double[] squares) {
        for (int j = 0; j < n; j++) {
            double apart = values[j] - pivot[j];
            squares[j] += apart * apart;
        }
    }

    /**
     * Brings the lanes of each column together in lane {@code column}, upper half onto lower, and loses nothing of the sums.
     * Infinity and NaN come through.
     */
    static void fold(
            int lanes, int columns, double[] sum, double[] rest, double[] squares, double[] min, double[] max) {
        for (int n = lanes, half; n > columns; n -= half) {
            half = n / columns / 2 * columns;
            for (int j = 0, k = n - half; k < n; j++, k++) {
                double value = sum[k];
                double before = sum[j];
                double after = before + value;
                double added = after - before;
                rest[j] += (before - (after - added)) + (value - added) + rest[k];
                sum[j] = after;
                squares[j] += squares[k];
                min[j] = Math.min(min[j], min[k]);
                max[j] = Math.max(max[j], max[k]);
            }
        }
    }

    /** Whether none is infinite or NaN. */
    static boolean finite(double[] values, int n) {
        double zero = 0;
        for (int j = 0; j < n; j++) {
            zero += values[j] * 0;
        }
        return zero == 0;
    }

    /** Repeats the first {@code columns} lanes over the others. */
    static void spread(int n, int columns, double[] lanes) {
        for (int base = columns; base < n; base += columns) {
            System.arraycopy(lanes, 0, lanes, base, columns);
        }
    }
}
