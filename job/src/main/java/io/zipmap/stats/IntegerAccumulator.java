package io.zipmap.stats;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Columns of bool and integers, exact: sums of 128 bits. uint64 is kept moved down by 2^63, so that it compares and
 * adds as int64 does; only what is handed out is moved back.
 */
final class IntegerAccumulator extends Accumulator {
    private static final long serialVersionUID = 1L;

    private static final BigInteger TWO_63 = BigInteger.ONE.shiftLeft(63);

    private final boolean moved;
    private final long[] min;
    private final long[] max;
    private final long[] high;
    private final long[] low;

    IntegerAccumulator(int width, boolean moved) {
        super(width);
        this.moved = moved;
        min = new long[width];
        max = new long[width];
        high = new long[width];
        low = new long[width];
    }

    private IntegerAccumulator(IntegerAccumulator other, int from, int to) {
        super(other, from, to);
        moved = other.moved;
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

    /** The sum is {@code upper * 2^64 + lower}, {@code lower} unsigned. */
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
        return DoubleDouble.of(upper(i), lower(i)).dividedBy(counted(i));
    }

    @Override
    Accumulator copy(int from, int to) {
        return new IntegerAccumulator(this, from, to);
    }

    @Override
    boolean sameKind(Accumulator other) {
        return other instanceof IntegerAccumulator && moved == ((IntegerAccumulator) other).moved;
    }

    @Override
    boolean constant(int i) {
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
        return moved ? back(min[i]).doubleValue() : min[i];
    }

    @Override
    double max(int i) {
        return moved ? back(max[i]).doubleValue() : max[i];
    }

    @Override
    double sum(int i) {
        return exact(i).doubleValue();
    }

    @Override
    Optional<BigInteger> exactMin(int i) {
        return counted(i) == 0 ? Optional.empty() : Optional.of(back(min[i]));
    }

    @Override
    Optional<BigInteger> exactMax(int i) {
        return counted(i) == 0 ? Optional.empty() : Optional.of(back(max[i]));
    }

    @Override
    Optional<BigInteger> exactSum(int i) {
        return Optional.of(exact(i));
    }

    private BigInteger exact(int i) {
        BigInteger upper = BigInteger.valueOf(upper(i)).shiftLeft(64);
        return upper.add(BigInteger.valueOf(lower(i) >>> 1).shiftLeft(1)).add(BigInteger.valueOf(lower(i) & 1));
    }

    /** The sum that is handed out: every value moved back, 2^63 times their number. */
    private long lower(int i) {
        return moved ? low[i] + (counted(i) << 63) : low[i];
    }

    private long upper(int i) {
        return moved ? high[i] + (counted(i) >> 1) + carry(low[i], lower(i)) : high[i];
    }

    private static int carry(long before, long after) {
        return Long.compareUnsigned(after, before) < 0 ? 1 : 0;
    }

    private BigInteger back(long kept) {
        BigInteger value = BigInteger.valueOf(kept);
        return moved ? value.add(TWO_63) : value;
    }
}
