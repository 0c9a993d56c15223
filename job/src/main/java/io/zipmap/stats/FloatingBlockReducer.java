package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;

/**
 * Base of the reducers of values that a double represents exactly. Holds the results per lane, and reduces columns with
 * NaN or infinities value by value.
 */
abstract class FloatingBlockReducer extends BlockReducer {
    final double[] sum = new double[lanes];

    final double[] min = new double[lanes];
    final double[] max = new double[lanes];
    final double[] pivot = new double[lanes];
    final double[] squares = new double[lanes];

    FloatingBlockReducer(ArrayLayout layout, int columns, int stripeRows, int stripes) {
        super(layout, columns, stripeRows, stripes);
    }

    /** Reduces a column value by value, skipping NaN. For columns with NaN or an infinity, or whose sum overflows. */
    final void reduceSlowly(int column) {
        long counted = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double total = 0;
        double small = 0;
        for (int i = column; i < values(); i += columns) {
            double value = value(i);
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
        DoubleDouble exact = DoubleDouble.sum(total, Double.isFinite(total) ? small : 0);
        result.set(column, counted, counted == 0 ? 0 : squares(column, counted, exact.dividedBy(counted)));
        result.setValues(column, least, most, exact.hi, exact.lo);
    }

    private double squares(int column, long counted, DoubleDouble mean) {
        double sumOfSquares = 0;
        double compensation = 0;
        for (int i = column; i < values(); i += columns) {
            double distance = value(i) - mean.hi;
            if (Double.isNaN(value(i))) {
                continue;
            }
            // Compensated (Kahan 1965), because one outlier would absorb the contribution of a whole block.
            double square = distance * distance - compensation;
            double after = sumOfSquares + square;
            compensation = (after - sumOfSquares) - square;
            sumOfSquares = after;
        }
        return Math.max(0, sumOfSquares - counted * mean.lo * mean.lo);
    }
}
