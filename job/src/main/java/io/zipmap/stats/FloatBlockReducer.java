package io.zipmap.stats;

import io.zipmap.mapped.MappedArray;
import java.io.IOException;

/**
 * Values that a float holds exactly: float16, float32, bool, integers of 8 and 16 bits. Their 24 bits leave a double
 * room for sums, so one pass is enough.
 *
 * <p>Sums: runs of 16 values are added plainly, and then in twice the precision, so that the sum is off by at most 15 *
 * 2^-53 of the sum of magnitudes. numpy's pairwise sum of float64, which adds runs of 128 in 8 lanes, goes through 18
 * additions and more from {@value #PAIRWISE} rows on; fewer rows are added with compensation. Most additions round
 * nothing. Integers are exact.
 *
 * <p>Squares: sum (x - p)^2 = sum (x - mean)^2 + n (mean - p)^2, with p the first value of the column. When p lies
 * further from the mean of a block than {@value #FAR} standard deviations, where the subtraction would cost more than 4
 * bits, another p is taken, and where this is not near either, the column is passed over again.
 */
final class FloatBlockReducer extends FloatingBlockReducer {
    private static final int VALUES = 1 << 16;
    private static final int FAR = 4;
    private static final int PAIRWISE = 128;

    /** That are gathered together. */
    private static final int LANES = 4;

    private final float[] values;
    private final double[] rest = new double[lanes];

    /** Blocks that are held back: adding each to columns would take as long as gathering it in a young process. */
    private final LaneAccumulator held = new LaneAccumulator(lanes);

    FloatBlockReducer(MappedArray array, int columns) {
        super(array, columns, stripeRows(columns), VALUES / columns / stripeRows(columns));
        values = new float[capacity() * columns];
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
    void add(Accumulator into, int at) {
        if (rows() < PAIRWISE) {
            super.add(into, at);
            return;
        }
        if (held.rows() == 0) {
            start(into, at);
        }
        gather();
        if (held.rows() > 0 && !allNear()) {
            flush(into, at);
            start(into, at);
            gather();
        }
        held.add(rows(), sum, rest, squares);
        if (!allNear()) {
            for (int c = 0; c < columns; c++) {
                if (isNear(c)) {
                    put(c);
                } else {
                    reduceSlowly(c);
                }
            }
            into.add(at, found, columns);
            held.clear();
        }
    }

    @Override
    void flush(Accumulator into, int at) {
        if (held.rows() > 0) {
            for (int c = 0; c < columns; c++) {
                put(c);
            }
            into.add(at, found, columns);
            held.clear();
        }
    }

    @Override
    void reduce() {
        for (int c = 0; c < columns; c++) {
            reduceSlowly(c);
        }
    }

    private void start(Accumulator known, int at) {
        for (int c = 0; c < columns; c++) {
            boolean first = known.counted(at + c) == 0;
            pivot[c] = values[c];
            min[c] = first ? values[c] : known.min(at + c);
            max[c] = first ? values[c] : known.max(at + c);
        }
        Lanes.spread(lanes, columns, pivot);
        Lanes.spread(lanes, columns, min);
        Lanes.spread(lanes, columns, max);
    }

    private void gather() {
        for (int lane = 0; lane < lanes; lane += LANES) {
            Lanes.gather(values, lane, values(), lanes, pivot, sum, rest, squares, min, max);
        }
    }

    private boolean allNear() {
        for (int c = 0; c < columns; c++) {
            if (!isNear(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the mean of the rows that were read last is near the pivot; not so with NaN or an infinity. */
    private boolean isNear(int column) {
        double total = 0;
        double around = 0;
        for (int lane = column; lane < lanes; lane += columns) {
            total += sum[lane];
            around += squares[lane];
        }
        double apart = total / rows() - pivot[column];
        double moved = rows() * apart * apart;
        return moved <= FAR * FAR * (around - moved);
    }

    /** What is held of a column, as found. */
    private void put(int column) {
        double least = min[column];
        double most = max[column];
        for (int lane = column + columns; lane < lanes; lane += columns) {
            least = Math.min(least, min[lane]);
            most = Math.max(most, max[lane]);
        }
        DoubleDouble total = held.sum(column, columns);
        DoubleDouble apart = total.dividedBy(held.rows()).minus(DoubleDouble.sum(pivot[column], 0));
        DoubleDouble moved = apart.times(apart).times(DoubleDouble.sum(held.rows(), 0));
        double deviation = held.squares(column, columns).minus(moved).hi;
        found.set(column, held.rows(), Math.max(0, deviation));
        found.setValues(column, least, most, total.hi, total.lo);
    }
}
