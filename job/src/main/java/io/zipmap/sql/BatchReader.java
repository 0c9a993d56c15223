package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.SourceSettings;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.sql.pushdown.ZoneFilter;
import io.zipmap.sql.pushdown.ZoneStats;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the pieces of one partition, array after array, a batch of rows at a time. Holds one array and one buffer,
 * whatever the size of either; a batch is good until the next. An array is opened, and extracted if need be, when its
 * first value is wanted: hidden columns and counts open nothing.
 */
final class BatchReader implements PartitionReader<ColumnarBatch> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchReader.class);

    private final ArrayOpener holder;
    private final SourceSettings settings;
    private final List<ColumnRef> columns;
    private final ZoneFilter filter;
    private final ArrayPartition partition;
    private final TaskContext task = TaskContext.get();
    private final ScanMetrics metrics;
    private final boolean needsValues;
    private @Nullable Iterator<ArraySlice> pieces;
    private @Nullable HeldArray held;
    private @Nullable ArrayBatches batches;

    BatchReader(
            StoreAccess access,
            SourceSettings settings,
            List<ColumnRef> columns,
            ZoneFilter filter,
            ArrayPartition partition) {
        this.holder = new ArrayOpener(access, task);
        this.settings = settings;
        this.columns = columns;
        this.filter = filter;
        this.partition = partition;
        this.metrics =
                new ScanMetrics(partition.host() == null || partition.host().equals(StoreAccess.host()));
        this.needsValues = columns.stream().anyMatch(column -> !column.isHidden());
    }

    @Override
    public boolean next() throws IOException {
        Iterator<ArraySlice> rest = pieces;
        if (rest == null) {
            rest = partition.slices().unpack().iterator();
            pieces = rest;
        }
        task.killTaskIfInterrupted();
        while (batches == null || !batches.hasNext()) {
            if (held != null) {
                held.requireUnchanged();
            }
            release();
            if (!rest.hasNext()) {
                return false;
            }
            open(rest.next());
        }
        batches.read(held);
        metrics.read(held);
        return true;
    }

    /** Leaves a bad array out, if that was said, before the first of its rows was given out. */
    private void open(ArraySlice piece) throws IOException {
        FoundArray array = piece.array();
        try {
            held = needsValues ? holder.hold(array) : null;
            batches = new ArrayBatches(array, wanted(piece), columns, batches);
            metrics.opened(held);
        } catch (ZipmapException e) {
            if (!settings.quarantine().accepts(e)) {
                throw e;
            }
            release();
            metrics.leftOut();
            LOG.warn("Left out, with onError=quarantine: {}", e.getMessage());
        }
    }

    /** The parts of a piece in which a row may be that the query wants. */
    private List<ArraySlice> wanted(ArraySlice piece) throws IOException {
        HeldArray array = held;
        if (array == null || filter.isEmpty()) {
            return List.of(piece);
        }
        ZoneStats zones = ZoneStats.read(
                array, piece, filter.columns(), settings.extract().sliceBytes(), task::isInterrupted);
        if (zones == null) {
            return List.of(piece);
        }
        BitSet kept = zones.blocksKept(filter);
        metrics.skipped(array, zones.blocks() - kept.cardinality());
        return zones.rowsOf(kept);
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

    private void release() throws IOException {
        HeldArray open = held;
        held = null;
        if (open != null) {
            metrics.closed();
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        release();
    }
}
