package io.zipmap.stats;

import io.zipmap.store.MappedArray;
import java.io.IOException;

/**
 * Values that a float holds exactly: float16, float32, bool, integers of 8 and 16 bits. Their 24 bits leave a double room for
 * sums, so one pass is enough.
 *
 * <p>Sums: a lane adds {@value #STRIPES} values, then the lanes come together in halves. Of 16 * 2^k rows of a block, a value
 * goes through 15 + k additions, and the sum is off by at most that times 2^-53 of the sum of magnitudes. numpy's pairwise sum
 * of float64, which adds runs of 128 in 8 lanes (18) and those in pairs (k - 3), has the same bound from {@value #PAIRWISE} rows
 * on; fewer rows are added with compensation. Most additions round nothing, and blocks are added in twice the precision. Integers are exact.
 *
 * <p>Squares: sum (x - p)^2 = sum (x - mean)^2 + n (mean - p)^2, with p the first value of the column. When p lies further
 * from the mean than {@value #FAR} standard deviations, where the subtraction would cost more than 4 bits, the column is
 * passed over again.
 */
final class FloatBlock extends FloatingBlock {
    private static final int STRIPES = 16;

    /** Not a power of two, so that the stripes do not meet in the same few lines of a cache. */
    private static final int LANES = 1008;

    private static final int FAR = 4;
    private static final int PAIRWISE = 128;

    private final float[] values;

    FloatBlock(MappedArray array, int columns) {
        super(array, columns, LANES, STRIPES);
        values = new float[capacity() * columns + 3];
    }

    /** So many that all stripes are of one length. */
    @Override
    int fitting(long rows) {
        return rows < STRIPES ? (int) rows : (int) Math.min(capacity(), rows / STRIPES * STRIPES);
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
        int used = rows() < STRIPES ? columns : values() / STRIPES;
        for (int c = 0; c < columns; c++) {
            boolean first = before.counted(at + c) == 0;
            pivot[c] = values[c];
            min[c] = first ? values[c] : before.min(at + c);
            max[c] = first ? values[c] : before.max(at + c);
        }
        Lanes.spread(used, columns, pivot);
        Lanes.spread(used, columns, min);
        Lanes.spread(used, columns, max);
        Lanes.gather(values, values(), used, pivot, sum, squares, min, max);
        Lanes.fold(used, columns, sum, squares, min, max);
        for (int c = 0; c < columns; c++) {
            DoubleDouble mean = DoubleDouble.sum(sum[c], 0).dividedBy(rows());
            double apart = (mean.hi - pivot[c]) + mean.lo;
            double moved = rows() * apart * apart;
            double deviation = squares[c] - moved;
            if (rows() >= PAIRWISE && moved <= FAR * FAR * deviation) {
                into.set(c, rows(), deviation);
                into.setValues(c, min[c], max[c], sum[c], 0);
            } else {
                reduceSlowly(c, into);
            }
        }
    }
}
