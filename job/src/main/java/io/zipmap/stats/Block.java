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
    /** Lanes of a stripe: enough to share the cost of a read, few enough that all of a kernel's lanes stay in the L1 cache. */
    static final int LANES = 512;

    /** Stripes of a block: 128 KiB of values in all, so that the second pass finds them in the L2 cache. */
    static final int STRIPES = 32;

    /** Most columns of a block: at least 128 rows then share the cost of what is done once a block and column. */
    static final int COLUMNS = 128;

    final int columns;

    /** Lanes of a full stripe. */
    final int lanes;

    private final boolean wholeRows;
    private int values;

    /** @param columns at most {@value #COLUMNS}; one, when the array is in Fortran order */
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
        int rowsOfStripe = lanes / columns;
        for (int s = 0; s < stripes(); s++) {
            long first = row + (long) s * rowsOfStripe;
            if (wholeRows) {
                read(array, array.layout().position(first, column), s, 0, lanes(s));
                continue;
            }
            for (int r = 0; r < lanes(s) / columns; r++) {
                read(array, array.layout().position(first + r, column), s, r * columns, columns);
            }
        }
    }

    abstract void read(MappedArray array, long index, int stripe, int lane, int count) throws IOException;

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
