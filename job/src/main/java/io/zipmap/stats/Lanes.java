package io.zipmap.stats;

import java.util.Arrays;

/**
 * The loops that take the time, over arrays of double in step. Each touches few arrays, from index 0 and without a branch:
 * that is what HotSpot's C2 makes vector instructions of (JDK 17), and a small method is compiled for itself.
 */
final class Lanes {
    private Lanes() {}

    static void start(double[] values, int n, double[] sum, double[] rest, double[] min, double[] max) {
        System.arraycopy(values, 0, sum, 0, n);
        System.arraycopy(values, 0, min, 0, n);
        System.arraycopy(values, 0, max, 0, n);
        Arrays.fill(rest, 0, n, 0);
    }

    static void widen(float[] values, int from, int n, double[] into, int at) {
        for (int j = 0; j < n; j++) {
            into[at + j] = values[from + j];
        }
    }

    /** Adds, and gathers in {@code rest} what rounding loses (Knuth's two-sum): a sum of twice the precision. */
    static void sum(double[] values, int n, double[] sum, double[] rest) {
        for (int j = 0; j < n; j++) {
            double value = values[j];
            double before = sum[j];
            double after = before + value;
            double added = after - before;
            rest[j] += (before - (after - added)) + (value - added);
            sum[j] = after;
        }
    }

    static void least(double[] values, int n, double[] min) {
        for (int j = 0; j < n; j++) {
            min[j] = Math.min(min[j], values[j]);
        }
    }

    static void most(double[] values, int n, double[] max) {
        for (int j = 0; j < n; j++) {
            max[j] = Math.max(max[j], values[j]);
        }
    }

    static void add(double[] values, int n, double[] sum) {
        for (int j = 0; j < n; j++) {
            sum[j] += values[j];
        }
    }

    static void squares(double[] values, int n, double[] pivot, double[] squares) {
        for (int j = 0; j < n; j++) {
            double apart = values[j] - pivot[j];
            squares[j] += apart * apart;
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
