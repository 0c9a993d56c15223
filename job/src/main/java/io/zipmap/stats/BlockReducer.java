package io.zipmap.stats;

import io.zipmap.array.Dtype;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;

/**
 * A bounded buffer of whole rows of a few neighbouring columns, as they follow each other in C order. Kernels take it
 * in stripes of a whole number of rows, so that lane {@code j} of every stripe belongs to column {@code j % columns},
 * and add stripe to stripe, lane by lane: the form that HotSpot turns into vector instructions.
 */
abstract class BlockReducer {
    /** Most columns of a block. */
    static final int WIDEST = 512;

    final int columns;

    /** Lanes of a full stripe. */
    final int lanes;

    /** What one block adds. */
    final Accumulator found;

    private final int stripes;
    private final boolean wholeRows;
    private int values;

    /**
     * A block of some 128 to 256 KiB, so that it stays in the L2 cache.
     *
     * @param columns at most {@value #WIDEST}; one, when the array is in Fortran order
     * @param stripeRows rows of a full stripe
     */
    BlockReducer(MappedArray array, int columns, int stripeRows, int stripes) {
        this.columns = columns;
        this.lanes = columns * stripeRows;
        this.stripes = stripes;
        this.found = Accumulator.of(array.dtype(), columns);
        this.wholeRows = columns == array.columns() || columnMajor(array);
    }

    static BlockReducer of(MappedArray array, int columns) {
        Dtype dtype = array.dtype();
        if (dtype.itemSize() <= (dtype.kind() == Dtype.Kind.FLOAT ? 4 : 2)) {
            return new FloatBlockReducer(array, columns);
        }
        return dtype.kind() == Dtype.Kind.FLOAT || dtype.itemSize() < 8
                ? new DoubleBlockReducer(array, columns)
                : new LongBlockReducer(array, columns);
    }

    static boolean columnMajor(MappedArray array) {
        return !array.layout().isRowMajor();
    }

    /** Rows that fit. */
    final int capacity() {
        return lanes / columns * stripes;
    }

    /** How many of these rows to read at once. */
    int fitting(long rows) {
        return (int) Math.min(capacity(), rows);
    }

    /** Reads {@code rows} rows, at least one and at most {@link #capacity}. */
    final void fill(MappedArray array, long row, int rows, long column) throws IOException {
        values = rows * columns;
        int run = wholeRows ? values : columns;
        for (int at = 0; at < values; at += run) {
            read(array, array.layout().position(row + at / columns, column), at, run);
        }
    }

    /** Reads values as they lie, into this buffer from {@code at} on. */
    abstract void read(MappedArray array, long index, int at, int count) throws IOException;

    /** Adds the rows that were read last to the columns from {@code at} on, or holds them back until {@link #flush}. */
    void add(Accumulator into, int at) {
        reduce();
        into.add(at, found, columns);
    }

    /** Adds what was held back. To be called before rows of other columns come. */
    void flush(Accumulator into, int at) {}

    /** Puts the statistics of the rows that were read last into {@link #found}. */
    abstract void reduce();

    /** The double next to a value. */
    abstract double value(int at);

    /** Shows the rows that were read last to a sketch of each column. */
    final void feed(Sketches sketches, int firstSketch) {
        for (int i = 0, c = 0; i < values; i++, c = c + 1 == columns ? 0 : c + 1) {
            sketches.update(firstSketch + c, value(i));
        }
    }

    final int values() {
        return values;
    }

    final int rows() {
        return values / columns;
    }

    /** Lanes of the stripe that starts at this value: only the last is short. */
    final int lanes(int from) {
        return Math.min(lanes, values - from);
    }
}
