package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.mapped.ElementBuffer;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.vector.BatchBuffers;
import io.zipmap.sql.vector.BatchLayout;
import io.zipmap.sql.vector.VectorFactory;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * The part of a batch that comes from one array: its buffers, and the ranges by which they are filled. A constant is
 * read once, and its vectors show it in every row. Not thread-safe.
 */
final class ArrayBatch {
    /** A row with at least this many items is moved faster as a whole than column by column. */
    private static final int LONG_ROW = 16;

    private final FoundArray array;
    private final int member;
    private final ArrayLayout layout;
    private final List<ColumnRef> columns;
    private final BatchBuffers buffers;
    private final BatchLayout batchLayout;
    private boolean isFilled;

    /** @param columns of this array, at least one */
    ArrayBatch(FoundArray array, List<ColumnRef> columns) throws ZipmapException {
        this.array = array;
        this.member = columns.get(0).member();
        this.layout = columns.get(0).isWhole() ? array.layout().asOneColumn() : array.layout();
        this.columns = columns;
        this.buffers = new BatchBuffers(layout, columns);
        int[] numbers = layout.hasFieldColumns()
                ? new int[1]
                : columns.stream().mapToInt(ColumnRef::number).toArray();
        this.batchLayout = new BatchLayout(array, layout, numbers, buffers.itemBytes());
    }

    /** The position of the array in its row group. */
    int member() {
        return member;
    }

    /** Bytes that one row takes in the buffers. */
    long rowBytes() {
        return array.isConstant() ? 0 : batchLayout.rowBytes();
    }

    /**
     * Provides the buffers of a batch.
     *
     * @param rows of a full batch
     * @param before the same part of another batch, which is no longer used
     */
    void allocate(int rows, @Nullable ArrayBatch before) {
        batchLayout.allot(array.isConstant() ? 1 : rows);
        buffers.allocate(batchLayout.capacity(), before == null ? null : before.buffers);
    }

    /** The vectors of the columns, in their order, after {@link #allocate}. */
    List<ColumnVector> vectors() {
        int stride = array.isConstant() ? 0 : batchLayout.stride();
        List<ColumnVector> vectors = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            int base = batchLayout.base(layout.hasFieldColumns() ? 0 : i);
            vectors.add(VectorFactory.create(array, layout, buffers, columns.get(i), base, stride));
        }
        return vectors;
    }

    /**
     * Moves the chosen rows of some columns to the first rows.
     *
     * @param wanted of the columns, the first ones
     * @param rows row numbers, sorted
     * @param count the number of rows
     */
    void keep(int wanted, int[] rows, int count) {
        if (array.isConstant()) {
            return;
        }
        if (layout.hasFieldColumns()) {
            buffers.keep(batchLayout.base(0), batchLayout.stride(), batchLayout.columnItems(), rows, count);
            return;
        }
        int stride = batchLayout.stride();
        if (batchLayout.isMostly(wanted) && (stride >= LONG_ROW || ElementBuffer.hasLongRuns(rows, count))) {
            buffers.keep(0, stride, stride, rows, count);
            return;
        }
        for (int i = 0; i < wanted; i++) {
            buffers.keep(batchLayout.base(i), batchLayout.stride(), batchLayout.columnItems(), rows, count);
        }
    }

    void fill(HeldArray held, long row, int count) throws IOException {
        boolean isConstant = array.isConstant();
        if (isConstant && isFilled) {
            return;
        }
        for (int i = 0; i < batchLayout.rangeCount(); i++) {
            buffers.fill(held, batchLayout.range(i, isConstant ? 0 : row, isConstant ? 1 : count));
        }
        isFilled = true;
    }
}
