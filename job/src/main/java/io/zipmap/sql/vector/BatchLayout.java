package io.zipmap.sql.vector;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Shape;
import io.zipmap.mapped.StridedRange;
import io.zipmap.sql.catalog.FoundArray;

/**
 * How the wanted columns of one array come into a buffer, for batches of at most {@link #rows} rows: the strips to
 * copy, and where each column lies then. Whole rows are copied where that touches little more than the columns need;
 * else each column alone. What is in Fortran order has each element of a row in a run of its own.
 */
public final class BatchLayout {
    /** Bytes of buffer: what stays in a core's cache. */
    private static final int BUFFER_BYTES = 128 << 10;

    private static final int MOST_ROWS = 16 << 10;
    private static final int MOST_ELEMENTS = 1 << 28;

    /** Rows of less than this lie in a few lines of the cache, all of which one column touches anyhow. */
    private static final int NARROW_BYTES = 256;

    private static final int WORTHWHILE = 4;

    private final ArrayLayout layout;
    private final long inner;
    private final int rows;
    private final int rowElements;
    private final int[] columns;
    private final boolean together;
    private final int strips;
    private final int width;
    private final StridedRange strip;
    private final int[] bases;
    private final int stride;

    /**
     * Counts in items: what is read of each of them, the buffers know.
     *
     * @param columns that are wanted, as indices along the second axis; may be none
     * @param itemBytes that are read of an item
     */
    public BatchLayout(FoundArray array, int[] columns, long itemBytes) throws ZipmapException {
        layout = array.layout();
        Shape shape = layout.shape();
        inner = shape.dimensions() < 2 || shape.axis(1) == 0 ? shape.columns() : shape.columns() / shape.axis(1);
        int first = Integer.MAX_VALUE;
        int last = -1;
        for (int column : columns) {
            first = Math.min(first, column);
            last = Math.max(last, column);
        }
        long wanted = columns.length * inner;
        long span = last < 0 ? 0 : (last - first + 1) * inner;
        boolean rowMajor = layout.isRowMajor();
        together = rowMajor
                && (span <= wanted * WORTHWHILE || span * layout.dtype().itemSize() <= NARROW_BYTES);
        long elements = together ? span : wanted;
        boolean plain = layout.dtype().kind().isNumber();
        long most = plain ? MOST_ELEMENTS : MOST_ELEMENTS / Math.max(1, itemBytes);
        if (elements > most) {
            throw new ZipmapException(Condition.ROW_TOO_LARGE, "Cannot read rows of so many elements: " + elements)
                    .archive(array.archive().uri())
                    .entry(array.entry())
                    .expected("at most " + most)
                    .advice("Ask for fewer columns, or map the array with Java.");
        }
        rowElements = (int) elements;
        rows = (int) Math.max(1, Math.min(MOST_ROWS, BUFFER_BYTES / Math.max(1, elements * itemBytes)));
        bases = new int[columns.length];
        stride = together ? rowElements : (int) inner;
        for (int i = 0; i < columns.length; i++) {
            bases[i] = together ? (int) ((columns[i] - first) * inner) : (int) (i * inner * rows);
        }
        this.columns = together && columns.length > 0 ? new int[] {first} : columns;
        width = rowMajor ? (together ? rowElements : (int) inner) : 1;
        int perColumn = rowMajor ? 1 : (int) inner;
        strips = rowElements == 0 ? 0 : this.columns.length * perColumn;
        strip = new StridedRange(rowMajor ? shape.columns() : 1, width, stride);
    }

    /** Rows of a full batch. */
    public int rows() {
        return rows;
    }

    /** Items of a full batch. */
    public int capacity() {
        return rows * rowElements;
    }

    public int strips() {
        return strips;
    }

    /** The i-th strip, for these rows; the same object for each. */
    public StridedRange strip(int i, long row, int count) {
        int perColumn = strips / columns.length;
        int column = i / perColumn;
        int element = i % perColumn;
        int to = together ? 0 : bases[column] + element;
        return strip.moveTo(layout.position(row, columns[column] * inner + element), count, to);
    }

    /** Where the column begins in the buffer. */
    public int base(int column) {
        return bases[column];
    }

    /** Items from row to row in the buffer. */
    public int stride() {
        return stride;
    }
}
