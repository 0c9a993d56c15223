package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reduces float64, and 32-bit integers of {@link ValueStats}. Every addition is compensated, and deviations from the
 * mean are computed in a second pass over the block.
 */
final class DoubleBlockReducer extends FloatingBlockReducer {
    private static final int LANES = 512;
    private static final int STRIPES = 32;

    /** One array per stripe, because HotSpot vectorises a loop over two arrays only from index 0 on. */
    private final double[][] stripes = new double[STRIPES][];

    /** Buffer of one read, which fills several stripes because each read has a fixed cost. */
    private final double[] buffer = new double[8 * lanes];

    private final double[] rest = new double[lanes];
    private final double[] pivotError = new double[columns];

    DoubleBlockReducer(ArrayLayout layout, int columns) {
        super(layout, columns, LANES / columns, STRIPES);
    }

    @Override
    void read(MappedArray array, long index, int at, int count) throws IOException {
        for (int done = 0; done < count; done += buffer.length) {
            int n = Math.min(count - done, buffer.length);
            array.read(index + done, buffer, 0, n);
            copy(buffer, 0, at + done, n);
        }
    }

    private void copy(double[] values, int first, int at, int count) {
        for (int from = 0, moved; from < count; from += moved) {
            int to = at + from;
            moved = Math.min(count - from, lanes - to % lanes);
            System.arraycopy(values, first + from, stripe(to), to % lanes, moved);
        }
    }

    /** Takes values of one column instead of reading them. */
    void take(double[] values, int from, int count) {
        copy(values, from, 0, count);
        filled(count);
    }

    private double[] stripe(int at) {
        int i = at / lanes;
        if (stripes[i] == null) {
            stripes[i] = new double[lanes];
        }
        return stripes[i];
    }

    @Override
    double value(int at) {
        return stripes[at / lanes][at % lanes];
    }

    @Override
    void reduce() {
        int used = lanes(0);
        System.arraycopy(stripes[0], 0, sum, 0, used);
        System.arraycopy(stripes[0], 0, min, 0, used);
        System.arraycopy(stripes[0], 0, max, 0, used);
        Arrays.fill(rest, 0, used, 0);
        for (int from = lanes; from < values(); from += lanes) {
            Lanes.sum(stripe(from), lanes(from), sum, rest);
            Lanes.min(stripe(from), lanes(from), min);
            Lanes.max(stripe(from), lanes(from), max);
        }
        Lanes.fold(used, columns, sum, rest, squares, min, max);
        for (int c = 0; c < columns; c++) {
            DoubleDouble mean = DoubleDouble.sum(sum[c], rest[c]).dividedBy(rows());
            pivot[c] = mean.hi;
            pivotError[c] = mean.lo;
        }
        Lanes.repeat(used, columns, pivot);
        Arrays.fill(squares, 0, used, 0);
        for (int from = 0; from < values(); from += lanes) {
            Lanes.squares(stripe(from), lanes(from), pivot, squares);
        }
        for (int c = 0; c < columns; c++) {
            double total = 0;
            for (int j = c; j < used; j += columns) {
                total += squares[j];
            }
            if (Double.isFinite(sum[c])) {
                result.set(c, rows(), Math.max(0, total - rows() * pivotError[c] * pivotError[c]));
                result.setValues(c, min[c], max[c], sum[c], rest[c]);
            } else {
                reduceSlowly(c);
            }
        }
    }
}
