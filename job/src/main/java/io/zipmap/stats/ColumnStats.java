package io.zipmap.stats;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Statistics of one column.
 *
 * <ul>
 *   <li>NaN and NaT are counted, and left out of all other statistics. Times are treated as their integer values.
 *   <li>Bool and integers: minimum, maximum and sum are exact; as a double they are the nearest one.
 *   <li>Floats: sums are at least as precise as numpy's pairwise float64 sum; float64 is summed in double-double.
 *   <li>Infinities act as in numpy: sum and mean become infinite, or NaN with both signs; the deviation becomes NaN.
 * </ul>
 *
 * <p>Merging gives the same result in any order. Immutable.
 */
public final class ColumnStats implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TileStats tile;

    /** @param tile statistics of a single column */
    ColumnStats(TileStats tile) {
        this.tile = tile;
    }

    /** @throws IllegalArgumentException as {@link TileStats#merge} */
    public ColumnStats merge(ColumnStats other) {
        return new ColumnStats(tile.merge(other.tile));
    }

    /** Number of values, including NaN. */
    public long count() {
        return tile.rows();
    }

    /** Number of NaN or NaT values. */
    public long nanCount() {
        return tile.rows() - counted();
    }

    /** Minimum; empty if all values are NaN. */
    public OptionalDouble min() {
        return unlessEmpty(tile.accumulator().min(0));
    }

    /** Maximum; empty if all values are NaN. */
    public OptionalDouble max() {
        return unlessEmpty(tile.accumulator().max(0));
    }

    /** Sum; 0 if all values are NaN. */
    public double sum() {
        return tile.accumulator().sum(0);
    }

    /** Mean; empty if all values are NaN. */
    public OptionalDouble mean() {
        return counted() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(tile.accumulator().mean(0).hi);
    }

    /** Population standard deviation: numpy's {@code std} with {@code ddof=0}. Empty if all values are NaN. */
    public OptionalDouble stddev() {
        return unlessEmpty(Math.sqrt(squaredDeviations() / counted()));
    }

    /** Sum of the squared deviations from the mean; exactly 0 if all values are equal. */
    public double squaredDeviations() {
        Accumulator values = tile.accumulator();
        double squares = values.deviation(0);
        return values.isConstant(0) && !Double.isNaN(squares) ? 0 : squares;
    }

    /** Exact minimum of bool and integers (false is 0); empty for floats, and if there is no value. */
    public Optional<BigInteger> exactMin() {
        return tile.accumulator().exactMin(0);
    }

    /** Exact maximum of bool and integers (true is 1); empty for floats, and if there is no value. */
    public Optional<BigInteger> exactMax() {
        return tile.accumulator().exactMax(0);
    }

    /** Exact sum of bool and integers; empty for floats. */
    public Optional<BigInteger> exactSum() {
        return tile.accumulator().exactSum(0);
    }

    /**
     * Quantile: the smallest value such that at least a share {@code rank} of the values is at most that value. Exact
     * for up to {@value Sketches#K} values; beyond, an estimate whose rank is off by at most 0.004 with 99 %
     * confidence. Empty if quantiles were not requested, or if all values are NaN.
     *
     * @param rank from 0 to 1
     */
    public OptionalDouble quantile(double rank) {
        byte[][] sketches = tile.sketches();
        return sketches == null || counted() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Sketches.quantile(sketches[0], rank));
    }

    private long counted() {
        return tile.accumulator().counted(0);
    }

    private OptionalDouble unlessEmpty(double value) {
        return counted() == 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public String toString() {
        return "count " + count() + ", nan " + nanCount() + ", min " + min() + ", max " + max() + ", sum " + sum()
                + ", mean " + mean() + ", stddev " + stddev();
    }
}
