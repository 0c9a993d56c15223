package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.vector.BatchBuffers;
import io.zipmap.sql.vector.BatchLayout;
import io.zipmap.sql.vector.ConstantTextVector;
import io.zipmap.sql.vector.RowNumberVector;
import io.zipmap.sql.vector.VectorFactory;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Makes the column batches of some row ranges of one array. The vectors are made once; their buffers are filled again
 * for each batch.
 */
final class ArrayBatches {
    private final BatchLayout batchLayout;
    private final BatchBuffers buffers;
    private final ColumnarBatch batch;
    private final RowNumberVector rowNumbers = new RowNumberVector();
    private final Iterator<ArraySlice> ranges;
    private long row;
    private long toRow;

    /**
     * @param ranges of the array, in order and not empty
     * @param before batches that are no longer used, whose buffers may be reused
     */
    ArrayBatches(FoundArray array, List<ArraySlice> ranges, List<ColumnRef> columns, @Nullable ArrayBatches before)
            throws ZipmapException {
        ArrayLayout layout = array.layout();
        List<ColumnRef> read =
                columns.stream().filter(column -> !column.isHidden()).toList();
        buffers = new BatchBuffers(layout, read);
        boolean hasFieldColumns = layout.hasFieldColumns();
        int[] numbers = hasFieldColumns
                ? new int[Math.min(1, read.size())]
                : read.stream().mapToInt(ColumnRef::number).toArray();
        batchLayout = new BatchLayout(array, numbers, buffers.itemBytes());
        buffers.allocate(batchLayout.capacity(), before == null ? null : before.buffers);
        this.ranges = ranges.iterator();
        ColumnVector[] vectors = new ColumnVector[columns.size()];
        int values = 0;
        for (int i = 0; i < vectors.length; i++) {
            ColumnRef column = columns.get(i);
            if (column.isHidden()) {
                vectors[i] = hiddenColumn(column, array);
            } else {
                int base = batchLayout.base(hasFieldColumns ? 0 : values++);
                vectors[i] = VectorFactory.create(array, buffers, column, base, batchLayout.stride());
            }
        }
        batch = new ColumnarBatch(vectors);
    }

    private ColumnVector hiddenColumn(ColumnRef column, FoundArray array) {
        if (column.name().equals(MetadataField.ROW.name())) {
            return rowNumbers;
        }
        String text = column.name().equals(MetadataField.ARCHIVE.name())
                ? array.archive().uri()
                : array.entry();
        return new ConstantTextVector(text == null ? null : UTF8String.fromString(text));
    }

    boolean hasNext() {
        return row < toRow || ranges.hasNext();
    }

    /**
     * Reads the next batch.
     *
     * @param array the open array; null if all columns are hidden
     */
    void read(@Nullable HeldArray array) throws IOException {
        if (row == toRow) {
            ArraySlice range = ranges.next();
            row = range.fromRow();
            toRow = range.toRow();
        }
        int count = (int) Math.min(batchLayout.rows(), toRow - row);
        for (int i = 0; i < batchLayout.rangeCount(); i++) {
            if (array == null) {
                throw new IllegalStateException("No array is open");
            }
            buffers.fill(array, batchLayout.range(i, row, count));
        }
        rowNumbers.startAt(row);
        batch.setNumRows(count);
        row += count;
    }

    /** The last batch that was read; the same object each time. */
    ColumnarBatch batch() {
        return batch;
    }
}
