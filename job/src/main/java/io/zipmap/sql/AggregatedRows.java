package io.zipmap.sql;

import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.PushedAggregation;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of slices batch by batch and aggregates those that a filter keeps. It holds the arrays of one row
 * group open, and {@link #close} closes them. Not thread-safe.
 */
final class AggregatedRows implements Closeable {
    private final PushedAggregation aggregation;
    private final ArrayOpener opener;
    private final SkippedBlocks skipped;
    private final ScanMetrics metrics;
    private final TaskContext task;
    private final List<ColumnRef> columns;
    private final RowAggregator aggregator;
    private Iterator<InternalRow> ready = Collections.emptyIterator();
    private @Nullable RowSlice slice;
    private @Nullable HeldGroup held;
    private @Nullable RowBatches batches;
    private boolean isFinished;

    AggregatedRows(
            PushedAggregation aggregation,
            ArrayOpener opener,
            SkippedBlocks skipped,
            ScanMetrics metrics,
            TaskContext task) {
        this.aggregation = aggregation;
        this.opener = opener;
        this.skipped = skipped;
        this.metrics = metrics;
        this.task = task;
        this.columns = aggregation.valueColumns();
        this.aggregator =
                aggregation.groups().hasValues() ? new GroupAggregator(aggregation) : new SliceAggregator(aggregation);
    }

    /**
     * The next row of aggregates; null if there is none.
     *
     * @param slices that were not yet read
     */
    @Nullable
    InternalRow next(Iterator<RowSlice> slices) throws IOException {
        while (!ready.hasNext() && !isFinished) {
            task.killTaskIfInterrupted();
            HeldGroup open = held;
            if (open == null) {
                if (slices.hasNext()) {
                    openSlice(slices.next());
                } else {
                    ready = aggregator.finish();
                    isFinished = true;
                }
            } else if (batches != null && batches.hasNext()) {
                ready = batches.aggregate(open, aggregator);
            } else {
                endSlice(open);
            }
        }
        return ready.hasNext() ? ready.next() : null;
    }

    private void openSlice(RowSlice next) throws IOException {
        slice = next;
        ready = aggregator.start(next);
        HeldGroup opened = new HeldGroup(opener, next.group(), metrics);
        held = opened;
        List<RowSlice> ranges = skipped.rangesOf(opened, next);
        // The filter may leave no block. The buffers of former batches are used again later.
        batches = new RowBatches(next.group(), ranges, columns, aggregation.filter(), batches);
    }

    private void endSlice(HeldGroup open) throws IOException {
        metrics.sliceAggregated(open);
        open.requireUnchanged();
        close();
        if (slice != null) {
            ready = aggregator.end(slice);
        }
    }

    @Override
    public void close() throws IOException {
        HeldGroup open = held;
        held = null;
        if (open != null) {
            open.close();
        }
    }
}
