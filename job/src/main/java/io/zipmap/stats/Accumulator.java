package io.zipmap.stats;

import io.zipmap.array.Dtype;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Partial statistics of neighbouring columns, one primitive array per statistic. Subclasses differ by how they keep
 * minimum, maximum and sum. Mutable while a kernel or a merge fills it, and not shared before it is complete.
 */
abstract class Accumulator implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Number of values that are neither NaN nor NaT. */
    private final long[] counted;

    /** Sum of squared deviations from the mean: the high part of a double-double. */
    private final double[] deviation;

    /** Low part of the sum of squared deviations. */
    private final double[] deviationRest;

    static Accumulator of(Dtype dtype, int width) {
        return dtype.kind() == Dtype.Kind.FLOAT
                ? new FloatAccumulator(width)
                : new IntegerAccumulator(width, dtype.itemSize() == 8 && dtype.kind() == Dtype.Kind.UINT);
    }

    Accumulator(int width) {
        this(new long[width], new double[width], new double[width]);
    }

    Accumulator(Accumulator other, int from, int to) {
        this(
                Arrays.copyOfRange(other.counted, from, to),
                Arrays.copyOfRange(other.deviation, from, to),
                Arrays.copyOfRange(other.deviationRest, from, to));
    }

    private Accumulator(long[] counted, double[] deviation, double[] deviationRest) {
        this.counted = counted;
        this.deviation = deviation;
        this.deviationRest = deviationRest;
    }

    final int width() {
        return counted.length;
    }

    final long counted(int i) {
        return counted[i];
    }

    final double deviation(int i) {
        return deviation[i];
    }

    final void set(int i, long values, double squares) {
        counted[i] = values;
        deviation[i] = squares;
        deviationRest[i] = 0;
    }

    private DoubleDouble squares(int i) {
        return DoubleDouble.sum(deviation[i], deviationRest[i]);
    }

    /**
     * Adds the first {@code count} columns of {@code other} to the columns from {@code at} on, by the method of Chan,
     * Golub and LeVeque (1983). Computes in double-double, so a large common offset loses no digits, and the order of
     * the additions does not change the nearest double.
     */
    final void add(int at, Accumulator other, int count) {
        for (int k = 0; k < count; k++) {
            addColumn(at + k, other, k);
        }
    }

    private void addColumn(int i, Accumulator other, int k) {
        double there = other.counted[k];
        double here = counted[i];
        if (there == 0) {
            return;
        }
        if (here == 0) {
            deviation[i] = other.deviation[k];
            deviationRest[i] = other.deviationRest[k];
        } else {
            DoubleDouble distance = other.mean(k).minus(mean(i));
            DoubleDouble weight = DoubleDouble.product(here, there).dividedBy(here + there);
            DoubleDouble both = squares(i)
                    .plus(other.squares(k))
                    .plus(distance.times(distance).times(weight));
            deviation[i] = both.hi;
            deviationRest[i] = both.lo;
        }
        addValues(i, other, k, here == 0);
        counted[i] += other.counted[k];
    }

    /** One column that has the values of all columns. */
    final Accumulator whole() {
        Accumulator all = copy(0, 1);
        for (int k = 1; k < width(); k++) {
            all.addColumn(0, this, k);
        }
        return all;
    }

    /**
     * Adds sum, minimum and maximum of one column.
     *
     * @param first whether this column has no value yet
     */
    abstract void addValues(int i, Accumulator other, int k, boolean first);

    /** Sets the values that a kernel computed for one column of a block. The sum is {@code sum + rest}. */
    abstract void setValues(int i, double min, double max, double sum, double rest);

    /** A copy of the columns {@code from} to {@code to - 1}. */
    abstract Accumulator copy(int from, int to);

    /** Whether {@code other} may be added to this. */
    abstract boolean sameKind(Accumulator other);

    /** Mean of a column that has at least one value. */
    abstract DoubleDouble mean(int i);

    /** Whether all values of a column are equal. */
    abstract boolean isConstant(int i);

    /** Number of bytes that {@link #write} writes per column. */
    static final int COLUMN_BYTES = 7 * Long.BYTES;

    final void write(int i, ByteBuffer to) {
        to.putLong(counted[i]).putDouble(deviation[i]).putDouble(deviationRest[i]);
        writeValues(i, to);
    }

    final void read(int i, ByteBuffer from) {
        counted[i] = from.getLong();
        deviation[i] = from.getDouble();
        deviationRest[i] = from.getDouble();
        readValues(i, from);
    }

    abstract void writeValues(int i, ByteBuffer to);

    abstract void readValues(int i, ByteBuffer from);

    abstract double min(int i);

    abstract double max(int i);

    abstract double sum(int i);

    abstract Optional<BigInteger> exactMin(int i);

    abstract Optional<BigInteger> exactMax(int i);

    abstract Optional<BigInteger> exactSum(int i);
}
