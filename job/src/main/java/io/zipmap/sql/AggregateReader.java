package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.SliceStats;
import io.zipmap.sql.pushdown.ZoneStats;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the slices of one partition and returns one row for each slice. It opens one array at a time and closes it
 * before the row is returned, so that nothing is open between rows. Not thread-safe.
 */
final class AggregateReader implements PartitionReader<InternalRow> {
    private final PushedAggregation aggregation;
    private final int[] columns;
    private final ArrayPartition partition;
    private final TaskContext task = TaskContext.get();
    private final ArrayOpener opener;
    private final ScanMetrics metrics;
    private final int sliceBytes;
    private @Nullable Iterator<ArraySlice> slices;
    private @Nullable InternalRow row;

    AggregateReader(StoreAccess access, PushedAggregation aggregation, ArrayPartition partition) {
        this.aggregation = aggregation;
        this.columns = aggregation.columns();
        this.partition = partition;
        this.opener = new ArrayOpener(access, task);
        this.sliceBytes = access.settings().sliceBytes();
        this.metrics =
                new ScanMetrics(partition.host() == null || partition.host().equals(StoreAccess.host()));
    }

    @Override
    public boolean next() throws IOException {
        task.killTaskIfInterrupted();
        Iterator<ArraySlice> rest = slices;
        if (rest == null) {
            rest = partition.slices().unpack().iterator();
            slices = rest;
            if (!rest.hasNext() && !aggregation.isGrouped()) {
                row = aggregation.emptyRow();
                return true;
            }
        }
        if (!rest.hasNext()) {
            return false;
        }
        ArraySlice slice = rest.next();
        row = aggregation.row(slice, columns.length == 0 ? SliceStats.NONE : aggregate(slice));
        return true;
    }

    private SliceStats aggregate(ArraySlice slice) throws IOException {
        FoundArray array = slice.array();
        try (HeldArray held = opener.open(array)) {
            metrics.arrayOpened(held);
            ZoneStats zones = ZoneStats.read(held, slice, columns, sliceBytes, task::isInterrupted);
            SliceStats stats = zones != null
                    ? zones.merged()
                    : held.read((mapped, heals) -> SliceStats.compute(mapped, slice, columns, task::isInterrupted));
            metrics.sliceAggregated(held);
            held.requireUnchanged();
            metrics.arrayClosed();
            return stats;
        } catch (ZipmapException e) {
            throw e.archive(array.archive().uri()).entry(array.entry());
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

    /** Does nothing, because no array is open between rows. */
    @Override
    public void close() {}
}
