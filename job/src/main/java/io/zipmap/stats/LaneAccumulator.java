package io.zipmap.stats;

import java.util.Arrays;

/** Sums, and sums of squared distances from one pivot, per lane over many blocks, in double-double. */
final class LaneAccumulator {
    private final double[] sum;
    private final double[] sumRest;
    private final double[] squares;
    private final double[] squaresRest;
    private long rows;

    LaneAccumulator(int lanes) {
        sum = new double[lanes];
        sumRest = new double[lanes];
        squares = new double[lanes];
        squaresRest = new double[lanes];
    }

    /** Number of rows that the sums include. */
    long rows() {
        return rows;
    }

    void clear() {
        rows = 0;
        Arrays.fill(sum, 0);
        Arrays.fill(sumRest, 0);
        Arrays.fill(squares, 0);
        Arrays.fill(squaresRest, 0);
    }

    /**
     * Adds the results of a block, one array element per lane.
     *
     * @param blockRest rounding errors of the sums
     */
    void add(long blockRows, double[] blockSum, double[] blockRest, double[] blockSquares) {
        Lanes.sum(blockSum, sum.length, sum, sumRest);
        Lanes.sum(blockSquares, sum.length, squares, squaresRest);
        for (int lane = 0; lane < sum.length; lane++) {
            sumRest[lane] += blockRest[lane];
        }
        rows += blockRows;
    }

    /** Sum of one of {@code columns} columns, over all its lanes. */
    DoubleDouble sum(int column, int columns) {
        return over(column, columns, sum, sumRest);
    }

    /** Sum of squared distances of one of {@code columns} columns. */
    DoubleDouble squares(int column, int columns) {
        return over(column, columns, squares, squaresRest);
    }

    private static DoubleDouble over(int column, int columns, double[] lanes, double[] rest) {
        DoubleDouble total = DoubleDouble.sum(lanes[column], rest[column]);
        for (int lane = column + columns; lane < lanes.length; lane += columns) {
            total = total.plus(DoubleDouble.sum(lanes[lane], rest[lane]));
        }
        return total;
    }
}
