package io.zipmap.sql;

import io.zipmap.OptionSpelling;
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
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the slices of one partition, array by array, in batches of rows. It holds one open array and the buffers of one
 * batch, and {@link #close} closes the array. A batch is valid until the next call of {@link #next}. If a query reads
 * hidden columns only, no array is opened. While it reads an array, {@code input_file_name()} is its archive. Not
 * thread-safe.
 */
final class BatchReader implements PartitionReader<ColumnarBatch> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchReader.class);

    private final ArrayOpener opener;
    private final SourceSettings settings;
    private final List<ColumnRef> columns;
    private final ZoneFilter filter;
    private final ArrayPartition partition;
    private final TaskContext task = TaskContext.get();
    private final ScanMetrics metrics;
    private final boolean needsValues;
    private @Nullable Iterator<ArraySlice> slices;
    private @Nullable HeldArray held;
    private @Nullable ArrayBatches batches;

    BatchReader(
            StoreAccess access,
            SourceSettings settings,
            List<ColumnRef> columns,
            ZoneFilter filter,
            ArrayPartition partition) {
        this.opener = new ArrayOpener(access, task);
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
        Iterator<ArraySlice> rest = slices;
        if (rest == null) {
            rest = partition.slices().unpack().iterator();
            slices = rest;
        }
        task.killTaskIfInterrupted();
        while (batches == null || !batches.hasNext()) {
            if (held != null) {
                held.requireUnchanged();
            }
            closeArray();
            if (!rest.hasNext()) {
                return false;
            }
            openSlice(rest.next());
        }
        batches.read(held);
        metrics.batchRead(held);
        return true;
    }

    /** Opens the array of a slice. A bad array is left out as a whole, because none of its rows was returned yet. */
    private void openSlice(ArraySlice slice) throws IOException {
        FoundArray array = slice.array();
        try {
            held = needsValues ? opener.open(array) : null;
            batches = new ArrayBatches(array, withoutSkippedBlocks(slice), columns, batches);
            metrics.arrayOpened(held);
            InputFileBlockHolder.set(
                    array.archive().uri(), 0, Math.max(0, array.archive().length()));
        } catch (ZipmapException e) {
            if (!settings.quarantine().accepts(e)) {
                throw e;
            }
            closeArray();
            metrics.arrayLeftOut();
            LOG.warn("Left out, with onError=quarantine: {}", e.message(OptionSpelling.DATA_SOURCE));
        }
    }

    /** The ranges of a slice that may have rows for the filter, according to the zone map. */
    private List<ArraySlice> withoutSkippedBlocks(ArraySlice slice) throws IOException {
        HeldArray array = held;
        if (array == null || filter.isEmpty()) {
            return List.of(slice);
        }
        ZoneStats zones = ZoneStats.read(
                array, slice, filter.columns(), settings.extract().sliceBytes(), task::isInterrupted);
        if (zones == null) {
            return List.of(slice);
        }
        BitSet kept = zones.blocksKept(filter);
        metrics.blocksSkipped(array, zones.blocks() - kept.cardinality());
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

    private void closeArray() throws IOException {
        HeldArray open = held;
        held = null;
        if (open != null) {
            metrics.arrayClosed();
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        InputFileBlockHolder.unset();
        closeArray();
    }
}
