package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;

/**
 * Reduces values that a float represents exactly: float16 and float32, and small integers of {@link ValueStats}. Their
 * 24 bits leave a double enough spare bits for sums, so one pass over a block is sufficient.
 *
 * <p>Sums: runs of 16 values are added in double, and the runs in double-double. The error is at most 15 * 2^-53 of the
 * sum of magnitudes. numpy's pairwise float64 sum takes 18 additions or more from {@value #PAIRWISE} rows on; fewer
 * rows are added with compensation here. Integer sums are exact.
 *
 * <p>Squares: sum (x - p)^2 = sum (x - mean)^2 + n (mean - p)^2, with the pivot p the first value of the column. If p
 * is more than {@value #FAR} standard deviations from the mean of a block, the subtraction would lose more than 4 bits.
 * Then the block is reduced again with a new pivot; if that is too far as well, value by value.
 */
final class FloatBlockReducer extends FloatingBlockReducer {
    private static final int VALUES = 1 << 16;
    private static final int FAR = 4;
    private static final int PAIRWISE = 128;

    private final float[] values;
    private final double[] rest = new double[lanes];

    /** Deferred blocks. In a young process, merging each block would take as long as reducing it. */
    private final LaneAccumulator pending = new LaneAccumulator(lanes);

    private final LaneKernels kernels;

    FloatBlockReducer(ArrayLayout layout, int columns) {
        this(layout, columns, LaneKernels.OF_PROCESS);
    }

    /** For tests, which choose the kernel. */
    FloatBlockReducer(ArrayLayout layout, int columns, LaneKernels kernels) {
        super(layout, columns, stripeRows(columns), VALUES / columns / stripeRows(columns));
        values = new float[capacity() * columns];
        this.kernels = kernels;
    }

    /** Smallest number of rows for which the number of lanes is a multiple of four. */
    private static int stripeRows(int columns) {
        return columns % LaneKernel.LANES == 0 ? 1 : columns % 2 == 0 ? 2 : LaneKernel.LANES;
    }

    /** Rounds down to whole stripes, so that all lanes have the same length. */
    @Override
    int rowsToRead(long rows) {
        return rows < PAIRWISE ? (int) rows : (int) Math.min(capacity(), rows * columns / lanes * lanes / columns);
    }

    @Override
    void read(MappedArray array, long index, int at, int count) throws IOException {
        array.read(index, values, at, count);
    }

    /** Takes values of one column instead of reading them. */
    void take(float[] from, int at, int count) {
        System.arraycopy(from, at, values, 0, count);
        filled(count);
    }

    @Override
    double value(int at) {
        return values[at];
    }

    @Override
    void addTo(Accumulator into, int at) {
        if (rows() < PAIRWISE) {
            super.addTo(into, at);
            return;
        }
        if (pending.rows() == 0) {
            startLanes(into, at);
        }
        gatherLanes();
        if (pending.rows() > 0 && !arePivotsNear()) {
            flush(into, at);
            startLanes(into, at);
            gatherLanes();
        }
        pending.add(rows(), sum, rest, squares);
        if (!arePivotsNear()) {
            for (int c = 0; c < columns; c++) {
                if (isPivotNear(c)) {
                    setResult(c);
                } else {
                    reduceSlowly(c);
                }
            }
            into.add(at, result, columns);
            pending.clear();
        }
    }

    @Override
    void flush(Accumulator into, int at) {
        if (pending.rows() > 0) {
            for (int c = 0; c < columns; c++) {
                setResult(c);
            }
            into.add(at, result, columns);
            pending.clear();
        }
    }

    @Override
    void reduce() {
        for (int c = 0; c < columns; c++) {
            reduceSlowly(c);
        }
    }

    private void startLanes(Accumulator soFar, int at) {
        for (int c = 0; c < columns; c++) {
            boolean first = soFar.counted(at + c) == 0;
            pivot[c] = values[c];
            min[c] = first ? values[c] : soFar.min(at + c);
            max[c] = first ? values[c] : soFar.max(at + c);
        }
        Lanes.repeat(lanes, columns, pivot);
        Lanes.repeat(lanes, columns, min);
        Lanes.repeat(lanes, columns, max);
    }

    private void gatherLanes() {
        LaneKernel kernel = kernels.forBytes((long) values() * Float.BYTES);
        for (int lane = 0; lane < lanes; lane += LaneKernel.LANES) {
            kernel.gather(values, lane, values(), lanes, pivot, sum, rest, squares, min, max);
        }
    }

    private boolean arePivotsNear() {
        for (int c = 0; c < columns; c++) {
            if (!isPivotNear(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the pivot is near the mean of the rows that were read last; false if there is NaN or an infinity. */
    private boolean isPivotNear(int column) {
        double total = 0;
        double squaredDistances = 0;
        for (int lane = column; lane < lanes; lane += columns) {
            total += sum[lane];
            squaredDistances += squares[lane];
        }
        double distance = total / rows() - pivot[column];
        double moved = rows() * distance * distance;
        return moved <= FAR * FAR * (squaredDistances - moved);
    }

    /** Reduces the lanes of a column, over all pending blocks, to {@link #result}. */
    private void setResult(int column) {
        double least = min[column];
        double most = max[column];
        for (int lane = column + columns; lane < lanes; lane += columns) {
            least = Math.min(least, min[lane]);
            most = Math.max(most, max[lane]);
        }
        DoubleDouble total = pending.sum(column, columns);
        DoubleDouble distance = total.dividedBy(pending.rows()).minus(DoubleDouble.sum(pivot[column], 0));
        DoubleDouble moved = distance.times(distance).times(DoubleDouble.sum(pending.rows(), 0));
        double deviation = pending.squares(column, columns).minus(moved).hi;
        result.set(column, pending.rows(), Math.max(0, deviation));
        result.setValues(column, least, most, total.hi, total.lo);
    }
}
