package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.MetadataField;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.RowFilter;
import io.zipmap.sql.vector.BatchLayout;
import io.zipmap.sql.vector.ConstantVector;
import io.zipmap.sql.vector.PlainVector;
import io.zipmap.sql.vector.RowNumberVector;
import io.zipmap.stats.ValueStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Makes the column batches of some row ranges of one row group, of the rows that a filter keeps. The vectors are made
 * once; their buffers are filled again for each batch.
 */
final class RowBatches {
    private final List<ArrayBatch> parts = new ArrayList<>(1);
    private final int batchRows;
    private final ColumnarBatch batch;
    private final RowNumberVector rowNumbers = new RowNumberVector();
    private final Iterator<RowSlice> ranges;
    private final RowFilter filter;
    private final Map<String, ColumnVector> filterVectors = new HashMap<>();
    private final Set<Integer> filterMembers = new HashSet<>();

    /** By the position of a part: how many of its columns the batch shows. */
    private final int[] shownColumns;

    /** Numbers of the rows of the last batch that the filter keeps; empty without a filter. */
    private final int[] rows;

    /** Number of the first row that was read last, the number of rows, and of those that the filter keeps. */
    private long first;

    private int count;
    private int kept;

    private long row;
    private long toRow;

    /**
     * @param ranges of the row group, in order; none is empty
     * @param shown columns of the batches
     * @param before batches that are no longer used, whose buffers may be reused
     */
    RowBatches(
            RowGroup group, List<RowSlice> ranges, List<ColumnRef> shown, RowFilter filter, @Nullable RowBatches before)
            throws ZipmapException {
        this.filter = filter;
        List<ColumnRef> columns = new ArrayList<>(shown);
        Set<String> names = shown.stream().map(ColumnRef::name).collect(Collectors.toSet());
        filter.columns().stream()
                .filter(column -> !names.contains(column.name()))
                .forEach(columns::add);
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
        shownColumns = parts.stream()
                .mapToInt(part -> (int) shown.stream()
                        .filter(column -> !column.isHidden() && column.member() == part.member())
                        .count())
                .toArray();
        rows = new int[filter.isEmpty() ? 0 : batchRows];
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
        for (ColumnRef column : filter.columns()) {
            int i = 0;
            while (!columns.get(i).name().equals(column.name())) {
                i++;
            }
            filterVectors.put(column.name(), vectors[i]);
            filterMembers.add(column.member());
        }
        batch = new ColumnarBatch(Arrays.copyOf(vectors, shown.size()));
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

    /**
     * Reads the next rows, and chooses those that the filter keeps. Arrays that the filter does not use are read only
     * if it keeps a row.
     *
     * @return the number of rows that are kept
     */
    private int choose(HeldGroup held) throws IOException {
        if (row == toRow) {
            RowSlice range = ranges.next();
            row = range.fromRow();
            toRow = range.toRow();
        }
        first = row;
        count = (int) Math.min(batchRows, toRow - row);
        row += count;
        kept = count;
        if (!filter.isEmpty()) {
            fill(held, true);
            for (int i = 0; i < count; i++) {
                rows[i] = i;
            }
            kept = filter.select(this::filterVector, rows, count);
        }
        if (kept > 0) {
            fill(held, false);
        }
        return kept;
    }

    private ColumnVector filterVector(ColumnRef column) {
        ColumnVector vector = filterVectors.get(column.name());
        if (vector == null) {
            throw new IllegalStateException("No vector of " + column.name());
        }
        return vector;
    }

    /** @param ofFilter whether to read the arrays that the filter uses, or the others */
    private void fill(HeldGroup held, boolean ofFilter) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            ArrayBatch part = parts.get(i);
            if (filterMembers.contains(part.member()) == ofFilter) {
                part.fill(held.array(part.member()), first, count);
            }
        }
    }

    /**
     * Reads the next batch.
     *
     * @return whether the filter keeps a row; else there is no batch
     */
    boolean read(HeldGroup held) throws IOException {
        if (choose(held) == 0) {
            return false;
        }
        rowNumbers.startAt(first);
        if (kept < count) {
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).keep(shownColumns[i], rows, kept);
            }
            rowNumbers.keep(rows);
        }
        batch.setNumRows(kept);
        return true;
    }

    /**
     * Reads the next rows, and adds the values of those that the filter keeps to statistics. Needs a filter.
     *
     * @param columns of the batch, from the first on; each is of numbers or bools
     * @return the number of rows that are kept
     */
    int aggregate(HeldGroup held, List<ValueStats> columns) throws IOException {
        choose(held);
        for (int i = 0; i < columns.size() && kept > 0; i++) {
            ((PlainVector) batch.column(i)).addTo(columns.get(i), rows, kept);
        }
        return kept;
    }

    /** The last batch that was read; the same object each time. */
    ColumnarBatch batch() {
        return batch;
    }
}
