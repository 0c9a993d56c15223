package io.zipmap.stats;

import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.util.Arrays;

/**
 * float64, and integers of 32 bits: every addition is compensated, and deviations are taken from the mean in a second
 * pass.
 */
final class DoubleBlockReducer extends FloatingBlockReducer {
    private static final int LANES = 512;
    private static final int STRIPES = 32;

    /** Each an array of its own, because only from index 0 on are loops over two arrays vectorised. */
    private final double[][] stripes = new double[STRIPES][];

    /** A read has a fixed cost, so it fills several stripes. */
    private final double[] buffer = new double[8 * lanes];

    private final double[] rest = new double[lanes];
    private final double[] off = new double[columns];

    DoubleBlockReducer(MappedArray array, int columns) {
        super(array, columns, LANES / columns, STRIPES);
    }

    @Override
    void read(MappedArray array, long index, int at, int count) throws IOException {
        for (int done = 0; done < count; done += buffer.length) {
            int n = Math.min(count - done, buffer.length);
            array.read(index + done, buffer, 0, n);
            for (int from = 0, moved; from < n; from += moved) {
                int to = at + done + from;
                moved = Math.min(n - from, lanes - to % lanes);
                System.arraycopy(buffer, from, stripe(to), to % lanes, moved);
            }
        }
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
            Lanes.least(stripe(from), lanes(from), min);
            Lanes.most(stripe(from), lanes(from), max);
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
            Lanes.squares(stripe(from), lanes(from), pivot, squares);
        }
        for (int c = 0; c < columns; c++) {
            double total = 0;
            for (int j = c; j < used; j += columns) {
                total += squares[j];
            }
            if (Double.isFinite(sum[c])) {
                found.set(c, rows(), Math.max(0, total - rows() * off[c] * off[c]));
                found.setValues(c, min[c], max[c], sum[c], rest[c]);
            } else {
                reduceSlowly(c);
            }
        }
    }
}
