package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.vector.BatchLayout;
import io.zipmap.sql.vector.ConstantVector;
import io.zipmap.sql.vector.RowNumberVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Makes the column batches of some row ranges of one row group. The vectors are made once; their buffers are filled
 * again for each batch.
 */
final class RowBatches {
    private final List<ArrayBatch> parts = new ArrayList<>(1);
    private final int batchRows;
    private final ColumnarBatch batch;
    private final RowNumberVector rowNumbers = new RowNumberVector();
    private final Iterator<RowSlice> ranges;
    private long row;
    private long toRow;

    /**
     * @param ranges of the row group, in order; none is empty
     * @param before batches that are no longer used, whose buffers may be reused
     */
    RowBatches(RowGroup group, List<RowSlice> ranges, List<ColumnRef> columns, @Nullable RowBatches before)
            throws ZipmapException {
        Map<Integer, List<ColumnRef>> byMember = new TreeMap<>();
        List<@Nullable ColumnRef> found = ColumnRef.in(group, columns);
        boolean isMerged = columns.stream().anyMatch(ColumnRef::isByName);
        for (ColumnRef column : found) {
            if (column != null && !column.isHidden()) {
                byMember.computeIfAbsent(column.member(), member -> new ArrayList<>())
                        .add(column);
            }
        }
        long rowBytes = 0;
        for (Map.Entry<Integer, List<ColumnRef>> one : byMember.entrySet()) {
            ArrayBatch part = new ArrayBatch(group.array(one.getKey()), one.getValue());
            rowBytes += part.rowBytes();
            parts.add(part);
        }
        batchRows = BatchLayout.rows(rowBytes);
        for (int i = 0; i < parts.size(); i++) {
            // Merged row groups have different arrays, and the buffers of one do not fit another.
            parts.get(i).allocate(batchRows, before == null || isMerged ? null : before.parts.get(i));
        }
        Map<Integer, Iterator<ColumnVector>> vectorsOf = new TreeMap<>();
        for (ArrayBatch part : parts) {
            vectorsOf.put(part.member(), part.vectors().iterator());
        }
        this.ranges = ranges.iterator();
        ColumnVector[] vectors = new ColumnVector[columns.size()];
        for (int i = 0; i < vectors.length; i++) {
            ColumnRef column = found.get(i);
            if (column == null) {
                vectors[i] = new ConstantVector(columns.get(i).type(), null);
                continue;
            }
            Iterator<ColumnVector> ofMember = vectorsOf.get(column.member());
            vectors[i] = ofMember == null ? hiddenColumn(column, group) : ofMember.next();
        }
        batch = new ColumnarBatch(vectors);
    }

    private ColumnVector hiddenColumn(ColumnRef column, RowGroup group) {
        if (column.name().equals(MetadataField.ROW.name())) {
            return rowNumbers;
        }
        if (!column.partitions().isEmpty()) {
            Object value =
                    column.partitions().value(column.name(), group.archive().uri());
            return new ConstantVector(column.type(), value);
        }
        String text = column.name().equals(MetadataField.ARCHIVE.name())
                ? group.archive().uri()
                : group.entry();
        return new ConstantVector(column.type(), text == null ? null : UTF8String.fromString(text));
    }

    boolean hasNext() {
        return row < toRow || ranges.hasNext();
    }

    /** Opens the arrays that the batches read. */
    void open(HeldGroup held) throws IOException {
        for (ArrayBatch part : parts) {
            held.array(part.member());
        }
    }

    /** Reads the next batch. */
    void read(HeldGroup held) throws IOException {
        if (row == toRow) {
            RowSlice range = ranges.next();
            row = range.fromRow();
            toRow = range.toRow();
        }
        int count = (int) Math.min(batchRows, toRow - row);
        for (int i = 0; i < parts.size(); i++) {
            ArrayBatch part = parts.get(i);
            part.fill(held.array(part.member()), row, count);
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
