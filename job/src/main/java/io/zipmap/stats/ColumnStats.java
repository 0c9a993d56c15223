package io.zipmap.stats;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The statistics of one column. NaN is counted, and left out of everything else, and so is what is no time among times,
 * which are the whole numbers that count their units. Of bool and integers, minimum, maximum and sum are exact; a
 * double given for them is the nearest one. Sums of floats lose no more than numpy's pairwise sum of float64; those of
 * float64 are carried in twice its precision. Infinities count as in numpy: they make the sum and the mean infinite (or
 * NaN, when both are there), and the standard deviation NaN. Merges in any order. Immutable.
 */
public final class ColumnStats implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TileStats tile;

    /** @param tile of one column */
    ColumnStats(TileStats tile) {
        this.tile = tile;
    }

    /** @throws IllegalArgumentException as {@link TileStats#merge} */
    public ColumnStats merge(ColumnStats other) {
        return new ColumnStats(tile.merge(other.tile));
    }

    /** All values, NaN included. */
    public long count() {
        return tile.rows();
    }

    public long nanCount() {
        return tile.rows() - counted();
    }

    /** Empty when there is no value but NaN. */
    public OptionalDouble min() {
        return given(tile.values().min(0));
    }

    /** Empty when there is no value but NaN. */
    public OptionalDouble max() {
        return given(tile.values().max(0));
    }

    /** 0 when there is no value but NaN. */
    public double sum() {
        return tile.values().sum(0);
    }

    /** Empty when there is no value but NaN. */
    public OptionalDouble mean() {
        return counted() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(tile.values().mean(0).hi);
    }

    /** Of the population: numpy's {@code std} with {@code ddof=0}. Empty when there is no value but NaN. */
    public OptionalDouble stddev() {
        Accumulator values = tile.values();
        double squares = values.deviation(0);
        if (values.constant(0) && !Double.isNaN(squares)) {
            return given(0);
        }
        return given(Math.sqrt(squares / counted()));
    }

    /** Exact minimum of bool and integers (false is 0); empty for floats, and when there is no value. */
    public Optional<BigInteger> exactMin() {
        return tile.values().exactMin(0);
    }

    /** Exact maximum of bool and integers (true is 1); empty for floats, and when there is no value. */
    public Optional<BigInteger> exactMax() {
        return tile.values().exactMax(0);
    }

    /** Exact sum of bool and integers; empty for floats. */
    public Optional<BigInteger> exactSum() {
        return tile.values().exactSum(0);
    }

    /**
     * The least value that at least this part of the values does not pass, estimated: of up to {@value Sketches#K}
     * values it is exact, else its rank is off by at most 0.004 with 99 % confidence. Empty when quantiles were not
     * asked for, or there is no value but NaN.
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
        return tile.values().counted(0);
    }

    private OptionalDouble given(double value) {
        return counted() == 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public String toString() {
        return "count " + count() + ", nan " + nanCount() + ", min " + min() + ", max " + max() + ", sum " + sum()
                + ", mean " + mean() + ", stddev " + stddev();
    }
}
