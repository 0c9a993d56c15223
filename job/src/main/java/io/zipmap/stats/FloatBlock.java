package io.zipmap.stats;

import io.zipmap.store.MappedArray;
import java.io.IOException;
import java.util.Arrays;

/**
 * Values that a float holds exactly: float16, float32, bool, integers of 8 and 16 bits. Their 24 bits leave a double room for
 * sums, so one pass is enough.
 *
 * <p>Sums: a lane adds pairs, one pair a step, so a value passes through at most {@code STRIPES / 2 + 1} = 17 additions, of
 * which the first, of two values no 2^29 apart, rounds nothing; then the lanes come together without loss. So a block is off
 * by at most 17 * 2^-53 times the sum of magnitudes; numpy's pairwise sum, which adds runs of 128 in 8 lanes, by at least 18
 * of them on as many values. Integers are exact.
 *
 * <p>Squares: Sum (x - p)^2 = Sum (x - mean)^2 + n (mean - p)^2, with p the first value of the column. When p lies further
 * from the mean than {@value #FAR} standard deviations, where the subtraction would cost more than 4 bits, the block is
 * passed over again from the mean.
 */
final class FloatBlock extends FloatingBlock {
    private static final int FAR = 4;

    private final float[] values;
    private final double[] some = new double[lanes];
    private final double[] more = new double[lanes];

    FloatBlock(MappedArray array, int columns) {
        super(array, columns);
        values = new float[capacity() * columns];
    }

    @Override
    void read(MappedArray array, long index, int at, int count) throws IOException {
        array.read(index, values, at, count);
    }

    @Override
    double value(int at) {
        return values[at];
    }

    @Override
    void reduce(Columns into) {
        Lanes.widen(values, 0, columns, pivot);
        gather();
        if (!Lanes.finite(sum, columns)) {
            reduceSlowly(into);
        } else if (!put(into, false)) {
            for (int c = 0; c < columns; c++) {
                pivot[c] = DoubleDouble.sum(sum[c], rest[c]).dividedBy(rows()).hi;
            }
            gather();
            put(into, true);
        }
    }

    /** Two stripes at a time; an odd first row is taken alone, so that the stripes at the end are of a length too. */
    private void gather() {
        int odd = rows() % 2 * columns;
        int used = Math.max(columns, Math.min(lanes, (values() - odd) / 2));
        Lanes.spread(used, columns, pivot);
        Lanes.widen(values, 0, columns, min);
        Lanes.spread(used, columns, min);
        System.arraycopy(min, 0, max, 0, used);
        Arrays.fill(sum, 0, used, 0);
        Arrays.fill(rest, 0, used, 0);
        Arrays.fill(squares, 0, used, 0);
        for (int j = 0; j < odd; j++) {
            sum[j] = min[j];
            squares[j] = (min[j] - pivot[j]) * (min[j] - pivot[j]);
        }
        for (int from = odd, n; from < values(); from += 2 * n) {
            n = Math.min(lanes, (values() - from) / 2);
            Lanes.widen(values, from, n, some);
            Lanes.widen(values, from + n, n, more);
            Lanes.gather(some, more, n, pivot, sum, squares, min, max);
        }
        Lanes.fold(used, columns, sum, rest, squares, min, max);
    }

    /** @return false when some pivot is far from its mean, unless {@code anyway} */
    private boolean put(Columns into, boolean anyway) {
        for (int c = 0; c < columns; c++) {
            DoubleDouble mean = DoubleDouble.sum(sum[c], rest[c]).dividedBy(rows());
            double apart = (mean.hi - pivot[c]) + mean.lo;
            double moved = rows() * apart * apart;
            double deviation = Math.max(0, squares[c] - moved);
            if (!anyway && moved > FAR * FAR * deviation) {
                return false;
            }
            into.set(c, rows(), deviation);
            into.setValues(c, min[c], max[c], sum[c], rest[c]);
        }
        return true;
    }
}
