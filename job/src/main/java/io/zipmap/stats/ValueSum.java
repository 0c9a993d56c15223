package io.zipmap.stats;

/**
 * Sums floating-point values that are chosen one by one, where no other statistic of them is asked for: it reads each
 * value once and gathers none. A sum with NaN is NaN. Not thread-safe.
 *
 * <p>Floats: runs of {@value #RUN} values are added in double, each in {@value #LANES} partial sums, and the runs with
 * compensation. So a value takes part in at most 20 additions that round. Doubles: every addition is compensated
 * (Knuth's two-sum).
 */
public final class ValueSum {
    private static final int LANES = 4;
    private static final int RUN = 16 * LANES;

    private double sum;
    private double rest;
    private long rows;

    /**
     * Adds float16 or float32.
     *
     * @param base index of the value of row 0
     * @param stride from the value of one row to that of the next
     * @param chosen row numbers of the values to add
     * @param count the number of rows
     */
    public void add(float[] values, int base, int stride, int[] chosen, int count) {
        for (int from = 0; from < count; from += RUN) {
            add(run(values, base, stride, chosen, from, Math.min(count, from + RUN)));
        }
        rows += count;
    }

    /**
     * Adds float16 or float32 of all rows from 0 on: the same sum as by their numbers, which are not read.
     *
     * @param base index of the value of row 0
     * @param stride from the value of one row to that of the next
     * @param count the number of rows
     */
    public void addAll(float[] values, int base, int stride, int count) {
        for (int from = 0; from < count; from += RUN) {
            add(run(values, base + from * stride, stride, Math.min(RUN, count - from)));
        }
        rows += count;
    }

    private static double run(float[] values, int first, int stride, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int at = first;
        for (int j = LANES; j <= count; j += LANES) {
            a += values[at];
            b += values[at + stride];
            c += values[at + 2 * stride];
            d += values[at + 3 * stride];
            at += LANES * stride;
        }
        for (int j = count % LANES; j > 0; j--) {
            a += values[at];
            at += stride;
        }
        return a + b + (c + d);
    }

    private static double run(float[] values, int base, int stride, int[] chosen, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = from;
        for (; j <= to - LANES; j += LANES) {
            a += values[base + chosen[j] * stride];
            b += values[base + chosen[j + 1] * stride];
            c += values[base + chosen[j + 2] * stride];
            d += values[base + chosen[j + 3] * stride];
        }
        for (; j < to; j++) {
            a += values[base + chosen[j] * stride];
        }
        return a + b + (c + d);
    }

    /** Adds float64. */
    public void add(double[] values, int base, int stride, int[] chosen, int count) {
        for (int j = 0; j < count; j++) {
            add(values[base + chosen[j] * stride]);
        }
        rows += count;
    }

    /** Adds float64 of all rows from 0 on, as {@link #addAll(float[], int, int, int)}. */
    public void addAll(double[] values, int base, int stride, int count) {
        int at = base;
        for (int row = 0; row < count; row++) {
            add(values[at]);
            at += stride;
        }
        rows += count;
    }

    private void add(double value) {
        double before = sum;
        double after = before + value;
        double added = after - before;
        rest += (before - (after - added)) + (value - added);
        sum = after;
    }

    /** The values since the last call, as statistics of which only the count and the sum are known. */
    public ColumnStats finish() {
        Accumulator result = new FloatAccumulator(1);
        result.set(0, rows, Double.NaN);
        // Infinities have no rounding error.
        double small = Double.isNaN(sum + rest) ? 0 : rest;
        result.setValues(0, Double.NaN, Double.NaN, sum + small, 0);
        ColumnStats stats = new ColumnStats(new TileStats(rows, result, null));
        sum = 0;
        rest = 0;
        rows = 0;
        return stats;
    }
}
