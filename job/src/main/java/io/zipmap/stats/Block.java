package io.zipmap.stats;

import io.zipmap.array.Order;
import io.zipmap.store.MappedArray;
import java.io.IOException;

/**
 * A bounded buffer of whole rows of a few neighbouring columns, cut into stripes. Every stripe is a whole number of rows, so
 * that lane {@code j} of every stripe belongs to column {@code j % columns}: kernels add stripe to stripe, lane by lane, from
 * index 0, which is the form that HotSpot turns into vector instructions.
 */
abstract class Block {
    /** Lanes of a stripe, and so most columns of a block: few enough that what a kernel keeps of them stays in the L1 cache. */
    static final int LANES = 512;

    /** Stripes of a block: 128 KiB of values in all, so that the second pass finds them in the L2 cache. */
    static final int STRIPES = 32;

    /** Stripes that one read fills: a read of a mapped array has a fixed cost. */
    private static final int STRIPES_OF_READ = 8;

    final int columns;

    /** Lanes of a full stripe. */
    final int lanes;

    private final boolean wholeRows;
    private int values;

    /** @param columns at most {@value #LANES}; one, when the array is in Fortran order */
    Block(MappedArray array, int columns) {
        this.columns = columns;
        this.lanes = columns * (LANES / columns);
        this.wholeRows = columns == array.columns() || columnMajor(array);
    }

    static boolean columnMajor(MappedArray array) {
        return array.layout().order() == Order.FORTRAN && array.layout().shape().dimensions() > 1;
    }

    /** Rows that fit. */
    final int capacity() {
        return lanes / columns * STRIPES;
    }

    /** Reads {@code rows} rows, at least one and at most {@link #capacity}. */
    final void fill(MappedArray array, long row, int rows, long column) throws IOException {
        values = rows * columns;
        if (wholeRows) {
            fillWhole(array, array.layout().position(row, column));
            return;
        }
        int rowsOfStripe = lanes / columns;
        for (int r = 0; r < rows; r++) {
            read(array, array.layout().position(row + r, column), columns);
            put(0, r / rowsOfStripe, r % rowsOfStripe * columns, columns);
        }
    }

    private void fillWhole(MappedArray array, long index) throws IOException {
        for (int from = 0; from < stripes(); from += STRIPES_OF_READ) {
            int to = Math.min(from + STRIPES_OF_READ, stripes());
            read(array, index + (long) from * lanes, (to - 1 - from) * lanes + lanes(to - 1));
            for (int s = from; s < to; s++) {
                put((s - from) * lanes, s, 0, lanes(s));
            }
        }
    }

    /** Most values of one {@link #read}. */
    final int longestRead() {
        return lanes * STRIPES_OF_READ;
    }

    /** Reads values as they lie, from the start of a buffer on. */
    abstract void read(MappedArray array, long index, int count) throws IOException;

    /** Moves values that were read last, from {@code from} on, to their lanes. */
    abstract void put(int from, int stripe, int lane, int count);

    /** Puts the statistics of the rows that were read last into the first columns of {@code into}. */
    abstract void reduce(Columns into);

    /** Shows the rows that were read last to a sketch of each column. */
    abstract void feed(Sketches sketches, int firstSketch);

    final int rows() {
        return values / columns;
    }

    /** Stripes in use; only the last may be short. */
    final int stripes() {
        return (values + lanes - 1) / lanes;
    }

    final int lanes(int stripe) {
        return Math.min(lanes, values - stripe * lanes);
    }
}
