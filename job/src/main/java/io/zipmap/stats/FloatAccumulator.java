package io.zipmap.stats;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Partial statistics of float columns. Sums are double-double, so merging slices loses no precision. */
final class FloatAccumulator extends Accumulator {
    private static final long serialVersionUID = 1L;

    private final double[] min;
    private final double[] max;
    private final double[] sum;
    private final double[] rest;

    FloatAccumulator(int width) {
        super(width);
        min = new double[width];
        max = new double[width];
        sum = new double[width];
        rest = new double[width];
    }

    private FloatAccumulator(FloatAccumulator other, int from, int to) {
        super(other, from, to);
        min = Arrays.copyOfRange(other.min, from, to);
        max = Arrays.copyOfRange(other.max, from, to);
        sum = Arrays.copyOfRange(other.sum, from, to);
        rest = Arrays.copyOfRange(other.rest, from, to);
    }

    @Override
    void setValues(int i, double least, double most, double total, double small) {
        min[i] = least;
        max[i] = most;
        sum[i] = total;
        rest[i] = small;
    }

    @Override
    void addValues(int i, Accumulator other, int k, boolean first) {
        FloatAccumulator that = (FloatAccumulator) other;
        min[i] = first ? that.min[k] : Math.min(min[i], that.min[k]);
        max[i] = first ? that.max[k] : Math.max(max[i], that.max[k]);
        DoubleDouble both = total(i).plus(that.total(k));
        sum[i] = both.hi;
        rest[i] = both.lo;
    }

    private DoubleDouble total(int i) {
        return DoubleDouble.sum(sum[i], rest[i]);
    }

    @Override
    DoubleDouble mean(int i) {
        return total(i).dividedBy(counted(i));
    }

    @Override
    Accumulator copy(int from, int to) {
        return new FloatAccumulator(this, from, to);
    }

    @Override
    boolean sameKind(Accumulator other) {
        return other instanceof FloatAccumulator;
    }

    @Override
    boolean isConstant(int i) {
        return min[i] == max[i];
    }

    @Override
    void writeValues(int i, ByteBuffer to) {
        to.putDouble(min[i]).putDouble(max[i]).putDouble(sum[i]).putDouble(rest[i]);
    }

    @Override
    void readValues(int i, ByteBuffer from) {
        min[i] = from.getDouble();
        max[i] = from.getDouble();
        sum[i] = from.getDouble();
        rest[i] = from.getDouble();
    }

    @Override
    double min(int i) {
        return min[i];
    }

    @Override
    double max(int i) {
        return max[i];
    }

    @Override
    double sum(int i) {
        return sum[i];
    }

    @Override
    Optional<BigInteger> exactMin(int i) {
        return Optional.empty();
    }

    @Override
    Optional<BigInteger> exactMax(int i) {
        return Optional.empty();
    }

    @Override
    Optional<BigInteger> exactSum(int i) {
        return Optional.empty();
    }
}
