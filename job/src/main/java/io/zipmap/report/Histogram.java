package io.zipmap.report;

import java.util.Optional;

/** How many of some values are in each of the equal bins of their range. NaN and infinities are left out. Immutable. */
final class Histogram {
    private static final int BINS = 40;

    /** Most bins of whole numbers. */
    private static final int WHOLE_BINS = 64;

    private final double from;
    private final double to;
    private final long[] counts;
    private final long values;

    private Histogram(double from, double to, int bins, double[] all) {
        this.from = from;
        this.to = to;
        this.counts = new long[bins];
        long counted = 0;
        for (double value : all) {
            if (Double.isFinite(value)) {
                // Halves, because the range itself may be larger than a double.
                double share = (value / 2 - from / 2) / (to / 2 - from / 2);
                counts[(int) Math.min(bins - 1, share * bins)]++;
                counted++;
            }
        }
        this.values = counted;
    }

    /**
     * Each bin of whole numbers has equally many of them, one if the range is small: bins of one and of two numbers in
     * turn would look like a comb. Equal values have one bin. Empty if there is no finite value.
     */
    static Optional<Histogram> of(double[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        // A plain loop, because it runs once in a process, and streams take longer to start.
        for (double value : values) {
            if (Double.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                whole &= value == Math.rint(value);
            }
        }
        if (min > max) {
            return Optional.empty();
        }
        if (whole && min - 0.5 < min && max + 0.5 > max) {
            double width = Math.ceil((max - min + 1) / WHOLE_BINS);
            int bins = (int) Math.ceil((max - min + 1) / width);
            return Optional.of(new Histogram(min - 0.5, min - 0.5 + bins * width, bins, values));
        }
        return Optional.of(
                min == max
                        ? new Histogram(min, Math.min(Double.MAX_VALUE, Math.nextUp(max)), 1, values)
                        : new Histogram(min, max, BINS, values));
    }

    /** The lower end of the first bin. */
    double from() {
        return from;
    }

    /** The upper end of the last bin. */
    double to() {
        return to;
    }

    long[] counts() {
        return counts.clone();
    }

    /** Number of values in all bins. */
    long values() {
        return values;
    }
}
