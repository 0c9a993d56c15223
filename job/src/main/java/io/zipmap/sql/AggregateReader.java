package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.sql.pushdown.ColumnsByMember;
import io.zipmap.sql.pushdown.GroupStats;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.SliceStats;
import io.zipmap.sql.pushdown.ZoneFilter;
import io.zipmap.sql.pushdown.ZoneStats;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the slices of one partition: one row for each slice, or for each group of rows. If statistics give the
 * rows, the arrays of a row group are closed before its row is returned. Else the reader holds the arrays of one row
 * group open, and {@link #close} closes them. Not thread-safe.
 */
final class AggregateReader implements PartitionReader<InternalRow> {
    private final PushedAggregation aggregation;
    private final ColumnsByMember columns;
    private final ArrayPartition partition;
    private final TaskContext task = TaskContext.get();
    private final ArrayOpener opener;
    private final ScanMetrics metrics;
    private final int sliceBytes;
    private final @Nullable AggregatedRows rows;
    private @Nullable Iterator<RowSlice> slices;
    private @Nullable InternalRow row;

    AggregateReader(StoreAccess access, PushedAggregation aggregation, ZoneFilter zones, ArrayPartition partition) {
        this.aggregation = aggregation;
        this.columns = aggregation.columns();
        this.partition = partition;
        this.opener = new ArrayOpener(access, task);
        this.sliceBytes = access.settings().sliceBytes();
        this.metrics = new ScanMetrics(partition);
        this.rows = aggregation.isOfStatistics()
                ? null
                : new AggregatedRows(
                        aggregation, opener, new SkippedBlocks(zones, sliceBytes, metrics, task), metrics, task);
    }

    @Override
    public boolean next() throws IOException {
        task.killTaskIfInterrupted();
        Iterator<RowSlice> rest = slices;
        if (rest == null) {
            rest = partition.slices().unpack().iterator();
            slices = rest;
            if (!rest.hasNext() && aggregation.groups().isEmpty()) {
                row = aggregation.emptyRow();
                return true;
            }
        }
        if (rows != null) {
            row = rows.next(rest);
        } else if (rest.hasNext()) {
            RowSlice slice = rest.next();
            row = aggregation.row(slice, columns.isEmpty() ? GroupStats.NONE : aggregate(slice));
        } else {
            row = null;
        }
        return row != null;
    }

    private GroupStats aggregate(RowSlice slice) throws IOException {
        try (HeldGroup held = new HeldGroup(opener, slice.group(), metrics)) {
            @Nullable SliceStats[] stats = new SliceStats[slice.group().arrays().size()];
            for (int i = 0; i < columns.size(); i++) {
                int member = columns.member(i);
                stats[member] = aggregate(slice, member, columns.numbers(i), held);
            }
            metrics.sliceAggregated(held);
            held.requireUnchanged();
            return GroupStats.of(stats);
        }
    }

    private SliceStats aggregate(RowSlice slice, int member, int[] numbers, HeldGroup held) throws IOException {
        FoundArray array = slice.group().array(member);
        try {
            if (array.isConstant()) {
                return SliceStats.ofConstant(held.array(member), task::isInterrupted);
            }
            ZoneStats zones = ZoneStats.read(held::array, slice, member, numbers, sliceBytes, task::isInterrupted);
            return zones != null
                    ? zones.merged()
                    : held.array(member)
                            .read((mapped, heals) -> SliceStats.compute(mapped, slice, numbers, task::isInterrupted));
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

    @Override
    public void close() throws IOException {
        if (rows != null) {
            rows.close();
        }
    }
}
