package io.zipmap.sql.vector;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Shape;
import io.zipmap.mapped.StridedRange;
import io.zipmap.sql.catalog.FoundArray;

/**
 * The plan by which the wanted columns of one array are copied into a buffer, in batches of at most {@link #rows} rows:
 * which ranges of the array to copy, and where each column begins in the buffer. Positions and sizes count items of the
 * array.
 *
 * <p>Of a row-major array, one range covers all wanted columns if they are close together or rows are short; otherwise
 * each column is one range. Of a column-major array, each element of a row is one range. Not thread-safe.
 */
public final class BatchLayout {
    /** Size of a buffer: it fits into the cache of a core. */
    private static final int BUFFER_BYTES = 128 << 10;

    private static final int MAX_ROWS = 16 << 10;
    private static final int MAX_ELEMENTS = 1 << 28;

    /** Reading one column of so short a row touches nearly all of its cache lines. */
    private static final int SHORT_ROW_BYTES = 256;

    /** Columns are read together if at most this many items are read for each wanted one. */
    private static final int MAX_READ_RATIO = 4;

    private final ArrayLayout layout;
    private final long columnItems;
    private final long rowBytes;
    private int rows;
    private final int rowItems;
    private final int[] columns;
    private final boolean together;
    private final int rangeCount;
    private final StridedRange range;
    private final int[] bases;
    private final int stride;

    /**
     * @param array to be read, for messages
     * @param arrayLayout of its elements
     * @param columns indices of the wanted columns along the second axis; may be none
     * @param itemBytes bytes that are read of one item
     * @throws ZipmapException {@code ROW_TOO_LARGE} if one row does not fit into a Java array
     */
    public BatchLayout(FoundArray array, ArrayLayout arrayLayout, int[] columns, long itemBytes)
            throws ZipmapException {
        layout = arrayLayout;
        Shape shape = layout.shape();
        columnItems = shape.dimensions() < 2 || shape.axis(1) == 0 ? shape.columns() : shape.columns() / shape.axis(1);
        int first = Integer.MAX_VALUE;
        int last = -1;
        for (int column : columns) {
            first = Math.min(first, column);
            last = Math.max(last, column);
        }
        long wanted = columns.length * columnItems;
        long span = last < 0 ? 0 : (last - first + 1) * columnItems;
        boolean rowMajor = layout.isRowMajor();
        together = rowMajor
                && (span <= wanted * MAX_READ_RATIO || span * layout.dtype().itemSize() <= SHORT_ROW_BYTES);
        // Whole short rows are one run: they are copied faster than a few neighbouring columns of each row.
        boolean isWhole = together
                && shape.columns() <= wanted * MAX_READ_RATIO
                && shape.columns() * layout.dtype().itemSize() <= SHORT_ROW_BYTES;
        if (isWhole) {
            first = 0;
            span = shape.columns();
        }
        long items = together ? span : wanted;
        boolean isNumber = layout.dtype().kind().isNumber();
        long maxItems = isNumber ? MAX_ELEMENTS : MAX_ELEMENTS / Math.max(1, itemBytes);
        if (items > maxItems) {
            throw new ZipmapException(Condition.ROW_TOO_LARGE, "Cannot read a row with too many elements: " + items)
                    .archive(array.archive().uri())
                    .entry(array.entry())
                    .expected("at most " + maxItems)
                    .advice("Ask for fewer columns, or map the array with Java.");
        }
        rowItems = (int) items;
        rowBytes = items * itemBytes;
        bases = new int[columns.length];
        stride = together ? rowItems : (int) columnItems;
        for (int i = 0; i < columns.length; i++) {
            bases[i] = together ? (int) ((columns[i] - first) * columnItems) : i;
        }
        this.columns = together && columns.length > 0 ? new int[] {first} : columns;
        int run = rowMajor ? stride : 1;
        int rangesPerColumn = rowMajor ? 1 : (int) columnItems;
        rangeCount = rowItems == 0 ? 0 : this.columns.length * rangesPerColumn;
        range = new StridedRange(rowMajor ? shape.columns() : 1, run, stride);
    }

    /** Rows of a full batch, whose arrays together read {@code rowBytes} bytes of a row. */
    public static int rows(long rowBytes) {
        return (int) Math.max(1, Math.min(MAX_ROWS, BUFFER_BYTES / Math.max(1, rowBytes)));
    }

    /** Bytes that are read of one row. */
    public long rowBytes() {
        return rowBytes;
    }

    /** Sets the rows of a full batch. To be called once, before the methods below. */
    public void allot(int batchRows) {
        rows = batchRows;
    }

    /** Items of a full batch. */
    public int capacity() {
        return rows * rowItems;
    }

    /** The number of ranges that one batch is copied by. */
    public int rangeCount() {
        return rangeCount;
    }

    /** The i-th range, for {@code count} rows from {@code row} on. Returns the same object each time. */
    public StridedRange range(int i, long row, int count) {
        int rangesPerColumn = rangeCount / columns.length;
        int column = i / rangesPerColumn;
        int element = i % rangesPerColumn;
        int to = together ? 0 : base(column) + element;
        return range.moveTo(layout.position(row, columns[column] * columnItems + element), count, to);
    }

    /** Index in the buffer of the first item of a column. */
    public int base(int column) {
        return together ? bases[column] : (int) (bases[column] * columnItems * rows);
    }

    /** Whether most of the items between two rows of the buffer belong to the first {@code wanted} columns. */
    public boolean isMostly(int wanted) {
        return together && wanted * columnItems * 2 > stride;
    }

    /** Items of a column in one row. */
    public int columnItems() {
        return (int) columnItems;
    }

    /** Items in the buffer from one row to the next. */
    public int stride() {
        return stride;
    }
}
