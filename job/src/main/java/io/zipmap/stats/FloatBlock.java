package io.zipmap.stats;

import io.zipmap.store.MappedArray;
import java.io.IOException;

/**
 * Values that a float holds exactly: float16, float32, bool, integers of 8 and 16 bits. Their 24 bits leave a double room for
 * sums, so one pass is enough.
 *
 * <p>Sums: runs of 16 values are added plainly, and then in twice the precision, so that the sum is off by at most 15 * 2^-53 of
 * the sum of magnitudes. numpy's pairwise sum of float64, which adds runs of 128 in 8 lanes, goes through 18 additions and more
 * from {@value #PAIRWISE} rows on; fewer rows are added with compensation. Most additions round nothing. Integers are exact.
 *
 * <p>Squares: sum (x - p)^2 = sum (x - mean)^2 + n (mean - p)^2, with p the first value of the column. When p lies further
 * from the mean than {@value #FAR} standard deviations, where the subtraction would cost more than 4 bits, the column is
 * passed over again.
 */
final class FloatBlock extends FloatingBlock {
    private static final int VALUES = 1 << 16;

    private static final int FAR = 4;
    private static final int PAIRWISE = 128;

    /** That are gathered together. */
    private static final int LANES = 4;

    private final float[] values;
    private final double[] rest;

    FloatBlock(MappedArray array, int columns) {
        super(array, columns, stripeRows(columns), VALUES / columns / stripeRows(columns));
        values = new float[capacity() * columns];
        rest = new double[lanes];
    }

    /** So few that the lanes of a stripe can be taken by fours. */
    private static int stripeRows(int columns) {
        return columns % LANES == 0 ? 1 : columns % 2 == 0 ? 2 : LANES;
    }

    /** So many that all lanes are of one length. */
    @Override
    int fitting(long rows) {
        return rows < PAIRWISE ? (int) rows : (int) Math.min(capacity(), rows * columns / lanes * lanes / columns);
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
    void reduce(Columns into, Columns before, int at) {
        if (rows() < PAIRWISE) {
            for (int c = 0; c < columns; c++) {
                reduceSlowly(c, into);
            }
            return;
        }
        for (int c = 0; c < columns; c++) {
            boolean first = before.counted(at + c) == 0;
            pivot[c] = values[c];
            min[c] = first ? values[c] : before.min(at + c);
            max[c] = first ? values[c] : before.max(at + c);
        }
        Lanes.spread(lanes, columns, pivot);
        Lanes.spread(lanes, columns, min);
        Lanes.spread(lanes, columns, max);
        for (int lane = 0; lane < lanes; lane += LANES) {
            Lanes.gather(values, lane, values(), lanes, pivot, sum, rest, squares, min, max);
        }
        Lanes.fold(lanes, columns, sum, rest, squares, min, max);
        for (int c = 0; c < columns; c++) {
            DoubleDouble mean = DoubleDouble.sum(sum[c], rest[c]).dividedBy(rows());
            double apart = (mean.hi - pivot[c]) + mean.lo;
            double moved = rows() * apart * apart;
            double deviation = squares[c] - moved;
            if (moved <= FAR * FAR * deviation) {
                into.set(c, rows(), deviation);
                into.setValues(c, min[c], max[c], sum[c], rest[c]);
            } else {
                reduceSlowly(c, into);
            }
        }
    }
}
