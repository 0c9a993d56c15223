package io.zipmap.sql;

import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.pushdown.ColumnsByMember;
import io.zipmap.sql.pushdown.GroupZones;
import io.zipmap.sql.pushdown.ZoneFilter;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.TaskContext;

/** Leaves out the blocks of a slice in which, by its zone maps, no row can satisfy a filter. For one task. */
final class SkippedBlocks {
    private final ZoneFilter zones;
    private final ColumnsByMember columns;
    private final int sliceBytes;
    private final ScanMetrics metrics;
    private final TaskContext task;

    SkippedBlocks(ZoneFilter zones, int sliceBytes, ScanMetrics metrics, TaskContext task) {
        this.zones = zones;
        this.columns = zones.columns();
        this.sliceBytes = sliceBytes;
        this.metrics = metrics;
        this.task = task;
    }

    /** The ranges of a slice that may have rows for the filter. */
    List<RowSlice> rangesOf(HeldGroup opened, RowSlice slice) throws IOException {
        if (zones.isEmpty()) {
            return List.of(slice);
        }
        GroupZones found = GroupZones.read(opened::array, slice, columns, sliceBytes, task::isInterrupted);
        if (found == null) {
            return List.of(slice);
        }
        BitSet kept = found.blocksKept(zones);
        metrics.blocksSkipped(opened, found.blocks() - kept.cardinality());
        return found.rowsOf(kept);
    }
}
