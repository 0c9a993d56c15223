package io.zipmap.sql;

import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.plan.ArrayColumns;
import io.zipmap.plan.Quarantine;
import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.PartitionColumns;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the arrays of one partition as rows of the table {@code arrays}. A row extracts its array when Spark asks for a
 * value that only a file has; if bad arrays are left out, before the row is handed on. Owns nothing open between two
 * rows. Not thread-safe.
 */
final class LiveArraysReader implements PartitionReader<InternalRow> {
    private static final Logger LOG = LoggerFactory.getLogger(LiveArraysReader.class);

    private final ArrayOpener opener;
    private final Quarantine quarantine;
    private final boolean opensFirst;
    private final LiveArrayColumns columns;
    private final ArrayPartition partition;
    private final TaskContext task = TaskContext.get();
    private final ScanMetrics metrics;
    private long left;
    private @Nullable Iterator<RowSlice> arrays;
    private @Nullable LiveArrayRow row;

    /**
     * @param leavesOutBadArrays whether an array whose file cannot be made has no row
     * @param columns of the rows, by their names in {@link ArrayColumns} or in {@code partitions}
     * @param most rows of this partition
     */
    LiveArraysReader(
            StoreAccess access,
            boolean leavesOutBadArrays,
            List<String> columns,
            PartitionColumns partitions,
            long most,
            ArrayPartition partition) {
        this.opener = new ArrayOpener(access, task);
        this.quarantine = Quarantine.ofQuery(leavesOutBadArrays);
        this.columns = new LiveArrayColumns(columns, partitions);
        this.opensFirst = leavesOutBadArrays && this.columns.needFile();
        this.left = most;
        this.partition = partition;
        this.metrics = new ScanMetrics(partition);
    }

    @Override
    public boolean next() throws IOException {
        Iterator<RowSlice> rest = arrays;
        if (rest == null) {
            rest = partition.slices().unpack().iterator();
            arrays = rest;
        }
        while (left > 0 && rest.hasNext()) {
            task.killTaskIfInterrupted();
            FoundArray array = rest.next().group().array(0);
            InputFileBlockHolder.set(
                    array.archive().uri(), 0, Math.max(0, array.archive().length()));
            row = new LiveArrayRow(columns, array, this::keepFile);
            if (!opensFirst || isGood(row)) {
                left--;
                return true;
            }
        }
        return false;
    }

    private boolean isGood(LiveArrayRow candidate) throws IOException {
        try {
            candidate.requireFile();
            return true;
        } catch (ZipmapException e) {
            if (!quarantine.accepts(e)) {
                throw e;
            }
            metrics.arrayLeftOut();
            LOG.warn("Left out, with onError=quarantine: {}", e.message(OptionSpelling.DATA_SOURCE));
            return false;
        }
    }

    /** Makes the file of an array ready on this node, healed if need be, and keeps it for the application. */
    private ArrayRecord keepFile(FoundArray array) throws IOException {
        try (HeldArray held = opener.open(array)) {
            held.keepFile();
            held.requireUnchanged();
            metrics.fileKept(held);
            return held.record();
        }
    }

    @Override
    public InternalRow get() {
        if (row == null) {
            throw new IllegalStateException("No row was read");
        }
        return row;
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        return metrics.values();
    }

    @Override
    public void close() {
        row = null;
        InputFileBlockHolder.unset();
    }
}
