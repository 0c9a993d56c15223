package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;

/**
 * Reads blocks of rows into a bounded buffer and reduces each block to statistics of its columns. A block has whole
 * rows of a few neighbouring columns, in C order. It is processed in stripes of a whole number of rows: lane {@code j}
 * of every stripe belongs to column {@code j % columns}, and stripes are added lane by lane, the form that HotSpot
 * vectorises. Subclasses differ by the type of the values. Not thread-safe.
 */
abstract class BlockReducer {
    /** Largest number of columns of a block. */
    static final int MAX_COLUMNS = 512;

    final int columns;

    /** Number of lanes of a full stripe. */
    final int lanes;

    /** Statistics of the rows that were read last. */
    final Accumulator result;

    private final ArrayLayout layout;
    private final int stripes;
    private final boolean wholeRows;
    private int values;

    /**
     * Creates a buffer of about 128 to 256 KiB, which stays in the L2 cache.
     *
     * @param layout of the arrays that are read
     * @param columns at most {@value #MAX_COLUMNS}; 1 if the layout is in Fortran order
     * @param stripeRows rows of a full stripe
     * @param stripes stripes of a full block
     */
    BlockReducer(ArrayLayout layout, int columns, int stripeRows, int stripes) {
        this.layout = layout;
        this.columns = columns;
        this.lanes = columns * stripeRows;
        this.stripes = stripes;
        this.result = Accumulator.of(layout.dtype(), columns);
        this.wholeRows = columns == layout.shape().columns() || !layout.isRowMajor();
    }

    static BlockReducer of(ArrayLayout layout, int columns) {
        Dtype dtype = layout.dtype();
        if (dtype.kind() != Dtype.Kind.FLOAT && dtype.itemSize() <= Short.BYTES) {
            return new SmallIntegerBlockReducer(layout, columns);
        }
        if (dtype.kind() != Dtype.Kind.FLOAT && dtype.itemSize() == Integer.BYTES) {
            return new IntBlockReducer(layout, columns);
        }
        return ofValues(layout, columns);
    }

    /** A reducer that can also take values which are in Java arrays already. */
    static BlockReducer ofValues(ArrayLayout layout, int columns) {
        Dtype dtype = layout.dtype();
        if (dtype.itemSize() <= (dtype.kind() == Dtype.Kind.FLOAT ? 4 : 2)) {
            return new FloatBlockReducer(layout, columns);
        }
        return dtype.kind() == Dtype.Kind.FLOAT || dtype.itemSize() < 8
                ? new DoubleBlockReducer(layout, columns)
                : new LongBlockReducer(layout, columns);
    }

    /** Number of rows that fit in the buffer. */
    final int capacity() {
        return lanes / columns * stripes;
    }

    /** Number of rows to read next, if {@code rows} rows remain. */
    int rowsToRead(long rows) {
        return (int) Math.min(capacity(), rows);
    }

    /** Reads {@code rows} rows, at least one and at most {@link #capacity}. */
    final void fill(MappedArray array, long row, int rows, long column) throws IOException {
        values = rows * columns;
        int run = wholeRows ? values : columns;
        for (int at = 0; at < values; at += run) {
            read(array, layout.position(row + at / columns, column), at, run);
        }
    }

    /** Takes values that are in the buffer already, as {@link #fill} would have read them. */
    final void filled(int count) {
        values = count;
    }

    /** Reads {@code count} contiguous elements from element {@code index} on, into the buffer from {@code at} on. */
    abstract void read(MappedArray array, long index, int at, int count) throws IOException;

    /**
     * Adds the rows that were read last to the columns from {@code at} on. An implementation may defer this until
     * {@link #flush}.
     */
    void addTo(Accumulator into, int at) {
        reduce();
        into.add(at, result, columns);
    }

    /** Adds the deferred rows. Call it before reading rows of other columns. */
    void flush(Accumulator into, int at) {}

    /** Computes the statistics of the rows that were read last, into {@link #result}. */
    abstract void reduce();

    /** The double nearest to a value of the buffer; NaN for NaT. */
    abstract double value(int at);

    /** Adds the values of the rows that were read last to the sketch of their column. */
    final void updateSketches(Sketches sketches, int firstSketch) {
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

    /** Number of lanes of the stripe that starts at this value: the last stripe may be short. */
    final int lanes(int from) {
        return Math.min(lanes, values - from);
    }
}
