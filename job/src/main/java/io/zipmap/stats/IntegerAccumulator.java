package io.zipmap.stats;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Exact partial statistics of bool and integer columns, with 128-bit sums. uint64 values are stored minus 2^63, so that
 * they compare and add like int64; the getters add 2^63 back.
 */
final class IntegerAccumulator extends Accumulator {
    private static final long serialVersionUID = 1L;

    private static final BigInteger TWO_63 = BigInteger.ONE.shiftLeft(63);

    private final boolean shifted;
    private final long[] min;
    private final long[] max;
    private final long[] high;
    private final long[] low;

    IntegerAccumulator(int width, boolean shifted) {
        super(width);
        this.shifted = shifted;
        min = new long[width];
        max = new long[width];
        high = new long[width];
        low = new long[width];
    }

    private IntegerAccumulator(IntegerAccumulator other, int from, int to) {
        super(other, from, to);
        shifted = other.shifted;
        min = Arrays.copyOfRange(other.min, from, to);
        max = Arrays.copyOfRange(other.max, from, to);
        high = Arrays.copyOfRange(other.high, from, to);
        low = Arrays.copyOfRange(other.low, from, to);
    }

    @Override
    void setValues(int i, double least, double most, double total, double small) {
        long whole = (long) total;
        setExact(i, (long) least, (long) most, whole >> 63, whole);
    }

    /** Sets the values of a column. The sum is {@code upper * 2^64 + lower} with an unsigned {@code lower}. */
    void setExact(int i, long least, long most, long upper, long lower) {
        min[i] = least;
        max[i] = most;
        high[i] = upper;
        low[i] = lower;
    }

    @Override
    void addValues(int i, Accumulator other, int k, boolean first) {
        IntegerAccumulator that = (IntegerAccumulator) other;
        min[i] = first ? that.min[k] : Math.min(min[i], that.min[k]);
        max[i] = first ? that.max[k] : Math.max(max[i], that.max[k]);
        long before = low[i];
        low[i] += that.low[k];
        high[i] += that.high[k] + carry(before, low[i]);
    }

    @Override
    DoubleDouble mean(int i) {
        return DoubleDouble.ofWide(upper(i), lower(i)).dividedBy(counted(i));
    }

    @Override
    Accumulator copy(int from, int to) {
        return new IntegerAccumulator(this, from, to);
    }

    @Override
    boolean sameKind(Accumulator other) {
        return other instanceof IntegerAccumulator && shifted == ((IntegerAccumulator) other).shifted;
    }

    @Override
    boolean isConstant(int i) {
        return min[i] == max[i];
    }

    @Override
    void writeValues(int i, ByteBuffer to) {
        to.putLong(min[i]).putLong(max[i]).putLong(high[i]).putLong(low[i]);
    }

    @Override
    void readValues(int i, ByteBuffer from) {
        min[i] = from.getLong();
        max[i] = from.getLong();
        high[i] = from.getLong();
        low[i] = from.getLong();
    }

    @Override
    double min(int i) {
        return shifted ? unshift(min[i]).doubleValue() : min[i];
    }

    @Override
    double max(int i) {
        return shifted ? unshift(max[i]).doubleValue() : max[i];
    }

    @Override
    double sum(int i) {
        return exact(i).doubleValue();
    }

    @Override
    Optional<BigInteger> exactMin(int i) {
        return counted(i) == 0 ? Optional.empty() : Optional.of(unshift(min[i]));
    }

    @Override
    Optional<BigInteger> exactMax(int i) {
        return counted(i) == 0 ? Optional.empty() : Optional.of(unshift(max[i]));
    }

    @Override
    Optional<BigInteger> exactSum(int i) {
        return Optional.of(exact(i));
    }

    private BigInteger exact(int i) {
        BigInteger upper = BigInteger.valueOf(upper(i)).shiftLeft(64);
        return upper.add(BigInteger.valueOf(lower(i) >>> 1).shiftLeft(1)).add(BigInteger.valueOf(lower(i) & 1));
    }

    /** Low half of the sum of the original values: adds 2^63 for each value. */
    private long lower(int i) {
        return shifted ? low[i] + (counted(i) << 63) : low[i];
    }

    private long upper(int i) {
        return shifted ? high[i] + (counted(i) >> 1) + carry(low[i], lower(i)) : high[i];
    }

    private static int carry(long before, long after) {
        return Long.compareUnsigned(after, before) < 0 ? 1 : 0;
    }

    private BigInteger unshift(long kept) {
        BigInteger value = BigInteger.valueOf(kept);
        return shifted ? value.add(TWO_63) : value;
    }
}
