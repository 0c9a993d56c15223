package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.RowSelector;
import io.zipmap.sql.vector.ValueSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads some row ranges of one row group batch by batch, and chooses the rows that a filter keeps: as a batch of column
 * vectors, or as row numbers for aggregates.
 */
final class RowBatches {
    private final BatchColumns columns;
    private final int shown;
    private final ColumnarBatch batch;
    private final Iterator<RowSlice> ranges;
    private final RowSelector filter;
    private final Set<Integer> filterMembers = new HashSet<>();

    /** Numbers of the rows of the last batch that the filter keeps; those of a batch without a filter on demand. */
    private int[] rows;

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
            RowGroup group,
            List<RowSlice> ranges,
            List<ColumnRef> shown,
            RowSelector filter,
            @Nullable RowBatches before)
            throws ZipmapException {
        this.filter = filter;
        this.shown = shown.size();
        this.ranges = ranges.iterator();
        List<ColumnRef> all = new ArrayList<>(shown);
        Set<String> names = shown.stream().map(ColumnRef::name).collect(Collectors.toSet());
        filter.columns().stream()
                .filter(column -> !names.contains(column.name()))
                .forEach(all::add);
        filter.columns().forEach(column -> filterMembers.add(column.member()));
        columns = new BatchColumns(group, all, before == null ? null : before.columns);
        rows = new int[filter.isEmpty() ? 0 : columns.batchRows()];
        batch = new ColumnarBatch(Arrays.copyOf(columns.vectors(), this.shown));
    }

    boolean hasNext() {
        return row < toRow || ranges.hasNext();
    }

    /** Opens the arrays that the batches read. */
    void open(HeldGroup held) throws IOException {
        columns.open(held);
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
        count = (int) Math.min(columns.batchRows(), toRow - row);
        row += count;
        kept = count;
        if (!filter.isEmpty()) {
            columns.fill(held, filterMembers::contains, first, count);
            kept = filter.select(columns, rows, count);
        }
        if (kept > 0) {
            columns.fill(held, member -> !filterMembers.contains(member), first, count);
        }
        return kept;
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
        columns.startAt(first);
        if (kept < count) {
            columns.keep(shown, rows, kept);
        }
        batch.setNumRows(kept);
        return true;
    }

    /**
     * Reads the next rows, and hands those that the filter keeps to an aggregator.
     *
     * @return rows of aggregates for which the aggregator has no more room
     */
    Iterator<InternalRow> aggregate(HeldGroup held, RowAggregator aggregator) throws IOException {
        if (choose(held) == 0) {
            return Collections.emptyIterator();
        }
        if (filter.isEmpty() && rows.length < count) {
            // Nothing changes these numbers.
            rows = new int[columns.batchRows()];
            ValueSet.numberRows(rows, rows.length);
        }
        return aggregator.add(columns, rows, kept);
    }

    /** The last batch that was read; the same object each time. */
    ColumnarBatch batch() {
        return batch;
    }
}
