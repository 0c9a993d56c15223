package io.zipmap.stats;

import io.zipmap.array.Dtype;
import io.zipmap.store.MappedArray;
import java.io.IOException;
import java.util.Arrays;

/** Values that a double holds exactly: bool, integers of up to 32 bits, float16, float32, float64. */
final class DoubleBlock extends Block {
    private final double[][] stripes = new double[STRIPES][];

    /** Where float32 is read to, a third faster than letting the array convert; of no length for other dtypes. */
    private final float[] floats;

    /** Where every other dtype is read to. */
    private final double[] doubles;

    private final double[] sum = new double[lanes];
    private final double[] rest = new double[lanes];
    private final double[] min = new double[lanes];
    private final double[] max = new double[lanes];
    private final double[] pivot = new double[lanes];
    private final double[] spare = new double[lanes];
    private final double[] off = new double[columns];
    private final double[] squares = new double[lanes];

    DoubleBlock(MappedArray array, int columns) {
        super(array, columns);
        boolean single =
                array.dtype().kind() == Dtype.Kind.FLOAT && array.dtype().itemSize() == 4;
        floats = new float[single ? longestRead() : 0];
        doubles = new double[single ? 0 : longestRead()];
    }

    @Override
    void read(MappedArray array, long index, int count) throws IOException {
        if (floats.length > 0) {
            array.read(index, floats, 0, count);
        } else {
            array.read(index, doubles, 0, count);
        }
    }

    @Override
    void put(int from, int stripe, int lane, int count) {
        if (stripes[stripe] == null) {
            stripes[stripe] = new double[lanes];
        }
        if (floats.length > 0) {
            Lanes.widen(floats, from, count, stripes[stripe], lane);
        } else {
            System.arraycopy(doubles, from, stripes[stripe], lane, count);
        }
    }

    @Override
    void reduce(Columns into) {
        int used = lanes(0);
        Lanes.start(stripes[0], used, sum, rest, min, max);
        for (int s = 1; s < stripes(); s++) {
            Lanes.sum(stripes[s], lanes(s), sum, rest);
            Lanes.least(stripes[s], lanes(s), min);
            Lanes.most(stripes[s], lanes(s), max);
        }
        fold(used);
        if (!Lanes.finite(sum, columns)) {
            reduceSlowly(into);
            return;
        }
        for (int c = 0; c < columns; c++) {
            DoubleDouble mean = DoubleDouble.sum(sum[c], rest[c]).dividedBy(rows());
            pivot[c] = mean.hi;
            off[c] = mean.lo;
        }
        Lanes.spread(used, columns, pivot);
        Arrays.fill(squares, 0, used, 0);
        for (int s = 0; s < stripes(); s++) {
            Lanes.squares(stripes[s], lanes(s), pivot, squares);
        }
        foldSquares(used);
        for (int c = 0; c < columns; c++) {
            into.set(c, rows(), Math.max(0, squares[c] - rows() * off[c] * off[c]));
            into.setValues(c, min[c], max[c], sum[c], rest[c]);
        }
    }

    /** Brings the lanes of each column together in lane {@code column}, upper half onto lower. Infinity and NaN come through. */
    private void fold(int used) {
        for (int n = used, half; n > columns; n -= half) {
            half = n / columns / 2 * columns;
            Lanes.sum(upper(sum, n, half), half, sum, rest);
            Lanes.add(upper(rest, n, half), half, rest);
            Lanes.least(upper(min, n, half), half, min);
            Lanes.most(upper(max, n, half), half, max);
        }
    }

    private void foldSquares(int used) {
        for (int n = used, half; n > columns; n -= half) {
            half = n / columns / 2 * columns;
            Lanes.add(upper(squares, n, half), half, squares);
        }
    }

    private double[] upper(double[] from, int n, int half) {
        System.arraycopy(from, n - half, spare, 0, half);
        return spare;
    }

    /** What holds NaN or an infinity, or sums to one, value by value. */
    private void reduceSlowly(Columns into) {
        for (int c = 0; c < columns; c++) {
            long counted = 0;
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            double total = 0;
            double small = 0;
            for (int s = 0; s < stripes(); s++) {
                double[] stripe = stripes[s];
                for (int j = c; j < lanes(s); j += columns) {
                    double value = stripe[j];
                    if (Double.isNaN(value)) {
                        continue;
                    }
                    counted++;
                    least = value < least ? value : least;
                    most = value > most ? value : most;
                    double after = total + value;
                    double added = after - total;
                    small += (total - (after - added)) + (value - added);
                    total = after;
                }
            }
            DoubleDouble exact = DoubleDouble.sum(total, Double.isFinite(total) ? small : 0);
            into.set(c, counted, counted == 0 ? 0 : squares(c, counted, exact.dividedBy(counted)));
            into.setValues(c, least, most, exact.hi, exact.lo);
        }
    }

    private double squares(int column, long counted, DoubleDouble mean) {
        double sumOfSquares = 0;
        for (int s = 0; s < stripes(); s++) {
            for (int j = column; j < lanes(s); j += columns) {
                double apart = stripes[s][j] - mean.hi;
                sumOfSquares += Double.isNaN(stripes[s][j]) ? 0 : apart * apart;
            }
        }
        return Math.max(0, sumOfSquares - counted * mean.lo * mean.lo);
    }

    @Override
    void feed(Sketches sketches, int firstSketch) {
        for (int s = 0; s < stripes(); s++) {
            for (int j = 0, c = 0; j < lanes(s); j++, c = c + 1 == columns ? 0 : c + 1) {
                sketches.update(firstSketch + c, stripes[s][j]);
            }
        }
    }
}
