package io.zipmap.stats;

/**
 * The loops that take the time. They are few, because in a young process each of them waits for C2 in turn. Those over double
 * touch arrays in step, from index 0 and without a branch: that is what C2 makes vector instructions of (JDK 17).
 */
final class Lanes {
    private Lanes() {}

    /**
     * Sum, squared distances from the pivot and extremes of every lane, four lanes at a time in registers. Not a form for
     * vector instructions, which C2 has none of for a conversion to double, but as fast as those after a conversion of its
     * own, seven times as fast before C2 has come to it, and one loop to compile.
     *
     * @param values up to three more than those that count are read, and so lanes written
     * @param min what is known already: a start near the end spares branches that go either way
     */
    static void gather(
            float[] values,
            int count,
            int lanes,
            double[] pivot,
            double[] sum,
            double[] squares,
            double[] min,
            double[] max) {
        for (int j = 0; j < lanes; j += 4) {
            double pivot0 = pivot[j];
            double pivot1 = pivot[j + 1];
            double pivot2 = pivot[j + 2];
            double pivot3 = pivot[j + 3];
            double min0 = min[j];
            double min1 = min[j + 1];
            double min2 = min[j + 2];
            double min3 = min[j + 3];
            double max0 = max[j];
            double max1 = max[j + 1];
            double max2 = max[j + 2];
            double max3 = max[j + 3];
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            double squares0 = 0;
            double squares1 = 0;
            double squares2 = 0;
            double squares3 = 0;
            for (int i = j; i < count; i += lanes) {
                double a = values[i];
                double b = values[i + 1];
                double c = values[i + 2];
                double d = values[i + 3];
                sum0 += a;
                sum1 += b;
                sum2 += c;
                sum3 += d;
                squares0 += (a - pivot0) * (a - pivot0);
                squares1 += (b - pivot1) * (b - pivot1);
                squares2 += (c - pivot2) * (c - pivot2);
                squares3 += (d - pivot3) * (d - pivot3);
                min0 = a < min0 ? a : min0;
                max0 = a > max0 ? a : max0;
                min1 = b < min1 ? b : min1;
                max1 = b > max1 ? b : max1;
                min2 = c < min2 ? c : min2;
                max2 = c > max2 ? c : max2;
                min3 = d < min3 ? d : min3;
                max3 = d > max3 ? d : max3;
            }
            sum[j] = sum0;
            sum[j + 1] = sum1;
            sum[j + 2] = sum2;
            sum[j + 3] = sum3;
            squares[j] = squares0;
            squares[j + 1] = squares1;
            squares[j + 2] = squares2;
            squares[j + 3] = squares3;
            min[j] = min0;
            min[j + 1] = min1;
            min[j + 2] = min2;
            min[j + 3] = min3;
            max[j] = max0;
            max[j + 1] = max1;
            max[j + 2] = max2;
            max[j + 3] = max3;
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

    static void squares(double[] values, int n, double[] pivot, double[] squares) {
        for (int j = 0; j < n; j++) {
            double apart = values[j] - pivot[j];
            squares[j] += apart * apart;
        }
    }

    /** Brings the lanes of each column together in lane {@code column}, upper half onto lower. */
    static void fold(int lanes, int columns, double[] sum, double[] squares, double[] min, double[] max) {
        for (int n = lanes, half; n > columns; n -= half) {
            half = n / columns / 2 * columns;
            for (int j = 0, k = n - half; k < n; j++, k++) {
                sum[j] += sum[k];
                squares[j] += squares[k];
                min[j] = min[k] < min[j] ? min[k] : min[j];
                max[j] = max[k] > max[j] ? max[k] : max[j];
            }
        }
    }

    /**
     * As the other, and loses nothing of the sums.
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

    /** Repeats the first {@code columns} lanes over the others. */
    static void spread(int n, int columns, double[] lanes) {
        for (int done = columns; done < n; done *= 2) {
            System.arraycopy(lanes, 0, lanes, done, Math.min(done, n - done));
        }
    }
}
