package io.zipmap.job.stats;

import io.zipmap.stats.ColumnStats;
import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The statistics of one column over all arrays that have it, and a sample of its values. The numbers are those of the
 * view {@code total_stats}. Immutable.
 */
public final class ColumnTotal implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final long count;
    private final long nanCount;
    private final double min;
    private final double max;
    private final double mean;
    private final double squaredDeviations;
    private final double[] sample;

    private ColumnTotal(
            String name,
            long count,
            long nanCount,
            double min,
            double max,
            double mean,
            double squaredDeviations,
            double[] sample) {
        this.name = name;
        this.count = count;
        this.nanCount = nanCount;
        this.min = min;
        this.max = max;
        this.mean = mean;
        this.squaredDeviations = squaredDeviations;
        this.sample = sample;
    }

    /** @param sample some of the values; not copied */
    static ColumnTotal of(String name, ColumnStats stats, double[] sample) {
        return new ColumnTotal(
                name,
                stats.count(),
                stats.nanCount(),
                stats.min().orElse(Double.NaN),
                stats.max().orElse(Double.NaN),
                stats.mean().orElse(0),
                stats.mean().isPresent() ? stats.squaredDeviations() : 0,
                sample);
    }

    private long valid() {
        return count - nanCount;
    }

    /** The statistics of both. Means are merged relative to one of them, so that values far from 0 do not cancel. */
    ColumnTotal plus(ColumnTotal other) {
        if (valid() == 0 || other.valid() == 0) {
            ColumnTotal numbers = valid() == 0 ? other : this;
            return new ColumnTotal(
                    name,
                    count + other.count,
                    nanCount + other.nanCount,
                    numbers.min,
                    numbers.max,
                    numbers.mean,
                    numbers.squaredDeviations,
                    joined(sample, other.sample));
        }
        double all = valid() + other.valid();
        double distance = other.mean - mean;
        boolean equal = mean == other.mean;
        return new ColumnTotal(
                name,
                count + other.count,
                nanCount + other.nanCount,
                Math.min(min, other.min),
                Math.max(max, other.max),
                equal ? mean : mean + distance * (other.valid() / all),
                equal
                        ? squaredDeviations + other.squaredDeviations
                        : squaredDeviations
                                + other.squaredDeviations
                                + distance * distance * (valid() * (other.valid() / all)),
                joined(sample, other.sample));
    }

    private static double[] joined(double[] one, double[] other) {
        // Most slices of small arrays have no sampled value.
        if (one.length == 0 || other.length == 0) {
            return one.length == 0 ? other : one;
        }
        double[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** These numbers with the sample of another. */
    ColumnTotal withSample(ColumnTotal other) {
        return new ColumnTotal(name, count, nanCount, min, max, mean, squaredDeviations, other.sample);
    }

    public String name() {
        return name;
    }

    /** Number of values, including NaN. */
    public long count() {
        return count;
    }

    public long nanCount() {
        return nanCount;
    }

    /** Minimum; empty if all values are NaN. */
    public OptionalDouble min() {
        return unlessEmpty(min);
    }

    /** Maximum; empty if all values are NaN. */
    public OptionalDouble max() {
        return unlessEmpty(max);
    }

    /** Mean; empty if all values are NaN. */
    public OptionalDouble mean() {
        return unlessEmpty(mean);
    }

    /** Population standard deviation; empty if all values are NaN. */
    public OptionalDouble stddev() {
        return unlessEmpty(Math.sqrt(squaredDeviations / valid()));
    }

    private OptionalDouble unlessEmpty(double value) {
        return valid() == 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Some of the values, NaN among them; not a copy. */
    public double[] sample() {
        return sample;
    }
}
