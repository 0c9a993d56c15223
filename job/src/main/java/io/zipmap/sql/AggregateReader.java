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
 * Aggregates the pieces of one partition: a row a piece. Holds one array at a time, for no longer than its piece takes.
 */
final class AggregateReader implements PartitionReader<InternalRow> {
    private final PushedAggregation aggregation;
    private final int[] columns;
    private final ArrayPartition partition;
    private final TaskContext task = TaskContext.get();
    private final ArrayOpener holder;
    private final ScanMetrics metrics;
    private final int sliceBytes;
    private @Nullable Iterator<ArraySlice> pieces;
    private @Nullable InternalRow row;

    AggregateReader(StoreAccess access, PushedAggregation aggregation, ArrayPartition partition) {
        this.aggregation = aggregation;
        this.columns = aggregation.columns();
        this.partition = partition;
        this.holder = new ArrayOpener(access, task);
        this.sliceBytes = access.settings().sliceBytes();
        this.metrics =
                new ScanMetrics(partition.host() == null || partition.host().equals(StoreAccess.host()));
    }

    @Override
    public boolean next() throws IOException {
        task.killTaskIfInterrupted();
        Iterator<ArraySlice> rest = pieces;
        if (rest == null) {
            rest = partition.slices().unpack().iterator();
            pieces = rest;
            if (!rest.hasNext() && !aggregation.isGrouped()) {
                row = aggregation.emptyRow();
                return true;
            }
        }
        if (!rest.hasNext()) {
            return false;
        }
        ArraySlice piece = rest.next();
        row = aggregation.row(piece, columns.length == 0 ? SliceStats.NONE : read(piece));
        return true;
    }

    private SliceStats read(ArraySlice piece) throws IOException {
        FoundArray array = piece.array();
        try (HeldArray held = holder.hold(array)) {
            metrics.opened(held);
            ZoneStats zones = ZoneStats.read(held, piece, columns, sliceBytes, task::isInterrupted);
            SliceStats stats = zones != null
                    ? zones.merged()
                    : held.read((mapped, heals) -> SliceStats.compute(mapped, piece, columns, task::isInterrupted));
            metrics.aggregated(held);
            held.requireUnchanged();
            metrics.closed();
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

    /** Nothing is held between rows. */
    @Override
    public void close() {}
}
