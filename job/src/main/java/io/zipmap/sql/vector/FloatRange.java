package io.zipmap.sql.vector;

import java.util.Optional;

/**
 * The floats of one range of keys, tested by comparing values instead of keys. In Spark's order NaN is greater than all
 * numbers, so a range with NaN has no end. Immutable.
 */
final class FloatRange {
    private static final long LEAST_KEY = KeySet.key(Float.NEGATIVE_INFINITY);
    private static final long MOST_KEY = KeySet.key(Float.POSITIVE_INFINITY);
    private static final long NAN_KEY = KeySet.key(Float.NaN);

    /** The key between those of the greatest negative number and of 0.0: it has no value, because -0.0 equals 0.0. */
    private static final long NO_KEY = -1;

    private final float least;
    private final float most;
    private final boolean hasNan;

    private FloatRange(float least, float most, boolean hasNan) {
        this.least = least;
        this.most = most;
        this.hasNan = hasNan;
    }

    /** Empty if the set has several ranges, or no number. */
    static Optional<FloatRange> of(KeySet set) {
        if (!set.isOneRange() || set.least() > MOST_KEY || set.most() < LEAST_KEY) {
            return Optional.empty();
        }
        float least = value(Math.max(set.least(), LEAST_KEY));
        float most = value(set.most() == NO_KEY ? NO_KEY - 1 : Math.min(set.most(), MOST_KEY));
        return Optional.of(new FloatRange(least, most, set.most() >= NAN_KEY));
    }

    /** The float of a key. */
    private static float value(long key) {
        int bits = (int) key;
        return Float.intBitsToFloat(bits ^ ((bits >> 31) >>> 1));
    }

    /**
     * Finds the rows whose values are in this range, from row 0 on, as {@link ValueSet#selectAll} describes it.
     *
     * @param areFew whether few rows are expected: then a branch for each is predicted. Else there is no branch on
     *     values, because random values make it slow; never call it so for few rows, or the JIT compiler makes one
     */
    int select(float[] values, int base, int stride, int[] rows, int count, boolean areFew) {
        if (hasNan) {
            return areFew ? fewFrom(values, base, stride, rows, count) : manyFrom(values, base, stride, rows, count);
        }
        return areFew ? fewBetween(values, base, stride, rows, count) : manyBetween(values, base, stride, rows, count);
    }

    private int fewFrom(float[] values, int base, int stride, int[] rows, int count) {
        float from = least;
        int kept = 0;
        for (int row = 0; row < count; row++) {
            if (!(values[base + row * stride] < from)) {
                rows[kept] = row;
                kept++;
            }
        }
        return kept;
    }

    private int manyFrom(float[] values, int base, int stride, int[] rows, int count) {
        float from = least;
        int kept = 0;
        for (int row = 0; row < count; row++) {
            rows[kept] = row;
            kept += values[base + row * stride] < from ? 0 : 1;
        }
        return kept;
    }

    private int fewBetween(float[] values, int base, int stride, int[] rows, int count) {
        float from = least;
        float to = most;
        int kept = 0;
        for (int row = 0; row < count; row++) {
            float value = values[base + row * stride];
            if (value >= from && value <= to) {
                rows[kept] = row;
                kept++;
            }
        }
        return kept;
    }

    private int manyBetween(float[] values, int base, int stride, int[] rows, int count) {
        float from = least;
        float to = most;
        int kept = 0;
        for (int row = 0; row < count; row++) {
            float value = values[base + row * stride];
            rows[kept] = row;
            kept += (value >= from ? 1 : 0) & (value <= to ? 1 : 0);
        }
        return kept;
    }
}
