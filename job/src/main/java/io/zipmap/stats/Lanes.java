package io.zipmap.stats;

/**
 * The inner loops of the float and double reducers. There are few of them, because in a young process C2 compiles one
 * after the other. The loops over double access arrays at equal indices, from 0 on and without branches, so that C2
 * vectorises them (JDK 17).
 */
final class Lanes {
    private Lanes() {}

    /** Adds values to sums, and the rounding errors to {@code rest} (Knuth's two-sum): a double-double sum. */
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

    static void min(double[] values, int n, double[] min) {
        for (int j = 0; j < n; j++) {
            min[j] = Math.min(min[j], values[j]);
        }
    }

    static void max(double[] values, int n, double[] max) {
        for (int j = 0; j < n; j++) {
            max[j] = Math.max(max[j], values[j]);
        }
    }

    /** Adds squared distances from the pivot. */
    static void squares(double[] values, int n, double[] pivot, double[] squares) {
        for (int j = 0; j < n; j++) {
            double distance = values[j] - pivot[j];
            squares[j] += distance * distance;
        }
    }

    /**
     * Combines the lanes of each column in lane {@code column}, by adding the upper half to the lower half repeatedly.
     * Sums are added without loss. Infinity and NaN are preserved.
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

    /** Copies the first {@code columns} lanes to all others, repeatedly. */
    static void repeat(int n, int columns, double[] lanes) {
        for (int done = columns; done < n; done *= 2) {
            System.arraycopy(lanes, 0, lanes, done, Math.min(done, n - done));
        }
    }
}
