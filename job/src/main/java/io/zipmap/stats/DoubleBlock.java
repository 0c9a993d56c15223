package io.zipmap.stats;

import io.zipmap.store.MappedArray;
import java.io.IOException;
import java.util.Arrays;

/** float64, and integers of 32 bits: every addition is compensated, and deviations are taken from the mean in a second pass. */
final class DoubleBlock extends FloatingBlock {
    private final double[] values;
    private final double[] stripe = new double[lanes];
    private final double[] rest = new double[lanes];
    private final double[] off = new double[columns];

    DoubleBlock(MappedArray array, int columns) {
        super(array, columns, 512, 32);
        values = new double[capacity() * columns];
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
        int used = lanes(0);
        System.arraycopy(values, 0, sum, 0, used);
        System.arraycopy(values, 0, min, 0, used);
        System.arraycopy(values, 0, max, 0, used);
        Arrays.fill(rest, 0, used, 0);
        for (int from = lanes; from < values(); from += lanes) {
            System.arraycopy(values, from, stripe, 0, lanes(from));
            Lanes.sum(stripe, lanes(from), sum, rest, min, max);
        }
        Lanes.fold(used, columns, sum, rest, squares, min, max);
        for (int c = 0; c < columns; c++) {
            DoubleDouble mean = DoubleDouble.sum(sum[c], rest[c]).dividedBy(rows());
            pivot[c] = mean.hi;
            off[c] = mean.lo;
        }
        Lanes.spread(used, columns, pivot);
        Arrays.fill(squares, 0, used, 0);
        for (int from = 0; from < values(); from += lanes) {
            System.arraycopy(values, from, stripe, 0, lanes(from));
            Lanes.squares(stripe, lanes(from), pivot, squares);
        }
        for (int c = 0; c < columns; c++) {
            double total = 0;
            for (int j = c; j < used; j += columns) {
                total += squares[j];
            }
            if (Double.isFinite(sum[c])) {
                into.set(c, rows(), Math.max(0, total - rows() * off[c] * off[c]));
                into.setValues(c, min[c], max[c], sum[c], rest[c]);
            } else {
                reduceSlowly(c, into);
            }
        }
    }
}
