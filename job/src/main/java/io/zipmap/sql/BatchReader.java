package io.zipmap.sql;

import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.catalog.SourceSettings;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.sql.pushdown.RowSelector;
import io.zipmap.sql.pushdown.ZoneFilter;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the slices of one partition, one after another, in batches of rows. It holds the open arrays of one row group
 * and the buffers of one batch, and {@link #close} closes the arrays. A batch is valid until the next call of
 * {@link #next}. If a query reads hidden columns only, no array is opened. While it reads an archive,
 * {@code input_file_name()} is that archive. Not thread-safe.
 */
final class BatchReader implements PartitionReader<ColumnarBatch> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchReader.class);

    private final ArrayOpener opener;
    private final SourceSettings settings;
    private final List<ColumnRef> columns;
    private final SkippedBlocks skipped;
    private final RowSelector filter;
    private final ArrayPartition partition;
    private final TaskContext task = TaskContext.get();
    private final ScanMetrics metrics;
    private @Nullable Iterator<RowSlice> slices;
    private @Nullable HeldGroup held;
    private @Nullable RowBatches batches;

    BatchReader(
            StoreAccess access,
            SourceSettings settings,
            List<ColumnRef> columns,
            ZoneFilter zones,
            RowSelector filter,
            ArrayPartition partition) {
        this.opener = new ArrayOpener(access, task);
        this.settings = settings;
        this.columns = columns;
        this.filter = filter;
        this.partition = partition;
        this.metrics = new ScanMetrics(partition);
        this.skipped = new SkippedBlocks(zones, access.settings().sliceBytes(), metrics, task);
    }

    @Override
    public boolean next() throws IOException {
        Iterator<RowSlice> rest = slices;
        if (rest == null) {
            rest = partition.slices().unpack().iterator();
            slices = rest;
        }
        while (true) {
            task.killTaskIfInterrupted();
            HeldGroup open = held;
            while (open == null || batches == null || !batches.hasNext()) {
                if (open != null) {
                    open.requireUnchanged();
                }
                closeArrays();
                if (!rest.hasNext()) {
                    return false;
                }
                openSlice(rest.next());
                open = held;
            }
            boolean hasRow = batches.read(open);
            metrics.batchRead(open);
            if (hasRow) {
                return true;
            }
        }
    }

    /** Opens the arrays of a slice. A bad slice is left out as a whole, because none of its rows was returned yet. */
    private void openSlice(RowSlice slice) throws IOException {
        HeldGroup opened = new HeldGroup(opener, slice.group(), metrics);
        held = opened;
        try {
            List<RowSlice> ranges = skipped.rangesOf(opened, slice);
            if (!ranges.isEmpty()) {
                RowBatches next = new RowBatches(slice.group(), ranges, columns, filter, batches);
                next.open(opened);
                batches = next;
                ArchiveRef archive = slice.group().archive();
                InputFileBlockHolder.set(archive.uri(), 0, Math.max(0, archive.length()));
            }
        } catch (ZipmapException e) {
            if (!settings.quarantine().accepts(e)) {
                throw e;
            }
            closeArrays();
            metrics.arrayLeftOut();
            LOG.warn("Left out, with onError=quarantine: {}", e.message(OptionSpelling.DATA_SOURCE));
        }
    }

    @Override
    public ColumnarBatch get() {
        if (batches == null) {
            throw new IllegalStateException("No batch was read");
        }
        return batches.batch();
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return metrics.values();
    }

    private void closeArrays() throws IOException {
        HeldGroup open = held;
        held = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        InputFileBlockHolder.unset();
        closeArrays();
    }
}
