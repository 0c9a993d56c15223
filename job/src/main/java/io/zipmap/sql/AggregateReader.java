package io.zipmap.sql;

import io.zipmap.ZipmapException;
import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.ArrayPartition;
import io.zipmap.sql.pushdown.ColumnsByMember;
import io.zipmap.sql.pushdown.GroupStats;
import io.zipmap.sql.pushdown.PushedAggregation;
import io.zipmap.sql.pushdown.SliceStats;
import io.zipmap.sql.pushdown.ZoneFilter;
import io.zipmap.sql.pushdown.ZoneStats;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.ValueStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the slices of one partition and returns one row for each slice. It opens the arrays of one row group and
 * closes them before the row is returned, so that nothing is open between rows. Not thread-safe.
 */
final class AggregateReader implements PartitionReader<InternalRow> {
    private final PushedAggregation aggregation;
    private final ColumnsByMember columns;
    private final ArrayPartition partition;
    private final TaskContext task = TaskContext.get();
    private final ArrayOpener opener;
    private final ScanMetrics metrics;
    private final int sliceBytes;
    private final SkippedBlocks skipped;
    private final List<ColumnRef> valueColumns;
    private final List<ValueStats> filteredStats = new ArrayList<>();
    private @Nullable RowBatches batches;
    private @Nullable Iterator<RowSlice> slices;
    private @Nullable InternalRow row;

    AggregateReader(StoreAccess access, PushedAggregation aggregation, ZoneFilter zones, ArrayPartition partition) {
        this.aggregation = aggregation;
        this.columns = aggregation.columns();
        this.partition = partition;
        this.opener = new ArrayOpener(access, task);
        this.sliceBytes = access.settings().sliceBytes();
        this.metrics = new ScanMetrics(partition);
        this.skipped = new SkippedBlocks(zones, sliceBytes, metrics, task);
        this.valueColumns = aggregation.valueColumns();
    }

    @Override
    public boolean next() throws IOException {
        task.killTaskIfInterrupted();
        Iterator<RowSlice> rest = slices;
        if (rest == null) {
            rest = partition.slices().unpack().iterator();
            slices = rest;
            if (!rest.hasNext() && !aggregation.isGrouped()) {
                row = aggregation.emptyRow();
                return true;
            }
        }
        row = null;
        while (row == null && rest.hasNext()) {
            RowSlice slice = rest.next();
            row = aggregation.filter().isEmpty()
                    ? aggregation.row(slice, columns.isEmpty() ? GroupStats.NONE : aggregate(slice))
                    : aggregateFiltered(slice);
        }
        return row != null;
    }

    /** Null if the aggregates are grouped and the filter keeps no row of the slice, which then adds no group. */
    private @Nullable InternalRow aggregateFiltered(RowSlice slice) throws IOException {
        if (filteredStats.isEmpty()) {
            for (ColumnRef column : valueColumns) {
                filteredStats.add(new ValueStats(
                        slice.group().array(column.member()).layout().dtype()));
            }
        }
        long kept = 0;
        try (HeldGroup held = new HeldGroup(opener, slice.group(), metrics)) {
            List<RowSlice> ranges = skipped.rangesOf(held, slice);
            if (!ranges.isEmpty()) {
                RowBatches next = new RowBatches(slice.group(), ranges, valueColumns, aggregation.filter(), batches);
                batches = next;
                while (next.hasNext()) {
                    task.killTaskIfInterrupted();
                    kept += next.aggregate(held, filteredStats);
                }
            }
            metrics.sliceAggregated(held);
            held.requireUnchanged();
        }
        List<ColumnStats> stats = filteredStats.stream().map(ValueStats::finish).toList();
        return kept == 0 && aggregation.isGrouped() ? null : aggregation.filteredRow(slice, kept, stats);
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

    /** Does nothing, because no array is open between rows. */
    @Override
    public void close() {}
}
