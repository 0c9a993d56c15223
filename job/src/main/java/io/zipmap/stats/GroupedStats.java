package io.zipmap.stats;

import java.util.Arrays;
import java.util.Set;

/**
 * Statistics of values by the number of their group: sum, least and greatest value, mean and squared deviations, of
 * which it computes those that are asked for. Values are all floats and doubles, or all longs. As in Spark, NaN is the
 * greatest value, and sums and means with NaN are NaN. Sums of floats are compensated (Knuth's two-sum), means and
 * deviations updated by Welford's method, which Spark uses. Not thread-safe.
 */
public final class GroupedStats {
    /** What is computed together. */
    public enum Part {
        SUM,
        RANGE,
        MOMENTS
    }

    private static final int FIRST_GROUPS = 64;

    private final boolean hasSum;
    private final boolean hasRange;
    private final boolean hasMoments;
    private final boolean isIntegral;
    private double[] sum = {};
    private double[] rest = {};
    private double[] least = {};
    private double[] most = {};
    private long[] wholeSum = {};
    private long[] wholeLeast = {};
    private long[] wholeMost = {};
    private double[] number = {};
    private double[] mean = {};
    private double[] deviation = {};
    private int size;

    /** @param isIntegral whether the values are longs; their sum by group must fit into a long, if it is asked for */
    public GroupedStats(Set<Part> parts, boolean isIntegral) {
        this.hasSum = parts.contains(Part.SUM);
        this.hasRange = parts.contains(Part.RANGE);
        this.hasMoments = parts.contains(Part.MOMENTS);
        this.isIntegral = isIntegral;
        clear();
    }

    /** Provides for the groups whose numbers are less than {@code groups}. */
    public void grow(int groups) {
        if (groups > size) {
            int before = size;
            size = Math.max(groups, Math.max(FIRST_GROUPS, 2 * size));
            if (hasSum && isIntegral) {
                wholeSum = Arrays.copyOf(wholeSum, size);
            } else if (hasSum) {
                sum = Arrays.copyOf(sum, size);
                rest = Arrays.copyOf(rest, size);
            }
            if (hasRange && isIntegral) {
                wholeLeast = Arrays.copyOf(wholeLeast, size);
                wholeMost = Arrays.copyOf(wholeMost, size);
                Arrays.fill(wholeLeast, before, size, Long.MAX_VALUE);
                Arrays.fill(wholeMost, before, size, Long.MIN_VALUE);
            } else if (hasRange) {
                least = Arrays.copyOf(least, size);
                most = Arrays.copyOf(most, size);
                Arrays.fill(least, before, size, Double.NaN);
                Arrays.fill(most, before, size, Double.NEGATIVE_INFINITY);
            }
            if (hasMoments) {
                number = Arrays.copyOf(number, size);
                mean = Arrays.copyOf(mean, size);
                deviation = Arrays.copyOf(deviation, size);
            }
        }
    }

    /** Memory that one group takes. */
    public int bytesOfGroup() {
        int numbers = (hasSum ? isIntegral ? 1 : 2 : 0) + (hasRange ? 2 : 0) + (hasMoments ? 3 : 0);
        return numbers * Double.BYTES;
    }

    /** Forgets all values. */
    public void clear() {
        Arrays.fill(sum, 0);
        Arrays.fill(rest, 0);
        Arrays.fill(least, Double.NaN);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        Arrays.fill(wholeSum, 0);
        Arrays.fill(wholeLeast, Long.MAX_VALUE);
        Arrays.fill(wholeMost, Long.MIN_VALUE);
        Arrays.fill(number, 0);
        Arrays.fill(mean, 0);
        Arrays.fill(deviation, 0);
    }

    /**
     * Adds floats.
     *
     * @param base index of the value of row 0
     * @param stride from the value of one row to that of the next
     * @param rows row numbers of the values to add
     * @param groups for each of the row numbers, the number of its group
     */
    public void add(float[] values, int base, int stride, int[] rows, int count, int[] groups) {
        if (hasSum) {
            for (int j = 0; j < count; j++) {
                addToSum(groups[j], values[base + rows[j] * stride]);
            }
        }
        if (hasRange) {
            for (int j = 0; j < count; j++) {
                addToRange(groups[j], values[base + rows[j] * stride]);
            }
        }
        if (hasMoments) {
            for (int j = 0; j < count; j++) {
                addToMoments(groups[j], values[base + rows[j] * stride]);
            }
        }
    }

    /** Adds doubles. */
    public void add(double[] values, int base, int stride, int[] rows, int count, int[] groups) {
        if (hasSum) {
            for (int j = 0; j < count; j++) {
                addToSum(groups[j], values[base + rows[j] * stride]);
            }
        }
        if (hasRange) {
            for (int j = 0; j < count; j++) {
                addToRange(groups[j], values[base + rows[j] * stride]);
            }
        }
        if (hasMoments) {
            for (int j = 0; j < count; j++) {
                addToMoments(groups[j], values[base + rows[j] * stride]);
            }
        }
    }

    /** Adds longs. */
    public void add(long[] values, int base, int stride, int[] rows, int count, int[] groups) {
        if (hasSum) {
            for (int j = 0; j < count; j++) {
                wholeSum[groups[j]] += values[base + rows[j] * stride];
            }
        }
        if (hasRange) {
            for (int j = 0; j < count; j++) {
                int group = groups[j];
                long value = values[base + rows[j] * stride];
                wholeLeast[group] = Math.min(wholeLeast[group], value);
                wholeMost[group] = Math.max(wholeMost[group], value);
            }
        }
        if (hasMoments) {
            for (int j = 0; j < count; j++) {
                addToMoments(groups[j], values[base + rows[j] * stride]);
            }
        }
    }

    private void addToSum(int group, double value) {
        double before = sum[group];
        double after = before + value;
        double added = after - before;
        rest[group] += (before - (after - added)) + (value - added);
        sum[group] = after;
    }

    private void addToRange(int group, double value) {
        double low = least[group];
        double high = most[group];
        if (value < low || Double.isNaN(low)) {
            least[group] = value;
        }
        if (value > high || Double.isNaN(value)) {
            most[group] = value;
        }
    }

    private void addToMoments(int group, double value) {
        double n = number[group] + 1;
        double distance = value - mean[group];
        double step = distance / n;
        number[group] = n;
        mean[group] += step;
        deviation[group] += distance * (distance - step);
    }

    /** The sum of floats. */
    public double sum(int group) {
        double whole = sum[group] + rest[group];
        return Double.isNaN(whole) ? sum[group] : whole;
    }

    public double least(int group) {
        return least[group];
    }

    public double most(int group) {
        return most[group];
    }

    /** The sum of longs. */
    public long wholeSum(int group) {
        return wholeSum[group];
    }

    public long wholeLeast(int group) {
        return wholeLeast[group];
    }

    public long wholeMost(int group) {
        return wholeMost[group];
    }

    public double mean(int group) {
        return mean[group];
    }

    /** The sum of the squared deviations from the mean. */
    public double deviation(int group) {
        return deviation[group];
    }
}
