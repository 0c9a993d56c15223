package io.zipmap.sql.pushdown;

import io.zipmap.plan.ExecutorHosts;
import io.zipmap.plan.RowSlicer;
import io.zipmap.plan.TaskPacking;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.catalog.SourceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the selected rows of a table into the partitions of a scan: a big row group into slices of one partition each,
 * small ones packed together. Where the slices are aggregated, those of big row groups are packed too. All slices of a
 * group prefer one host. The first slices of all groups come first: cores that start together then extract different
 * arrays, and none waits for another to extract its array. Not thread-safe.
 */
public final class PartitionCutter {
    private record NumberedPartition(int slice, ArrayPartition partition) {}

    /** Most bytes of a slice if no array is cut. */
    private static final long WHOLE = Long.MAX_VALUE;

    /**
     * Tasks of whole arrays take this many times {@code packBytes}: a task only makes files ready and hands on one row
     * for each, often to a Python worker, whose start takes as long as extracting 30 MB.
     */
    private static final int WHOLE_PACKS = 8;

    /**
     * Tasks that aggregate take up to this many times {@code packBytes}, because they read as fast as memory. They take
     * a quarter of it at least: two tasks cost a shuffle, which takes as long as reading 100 MB.
     */
    private static final int AGGREGATED_PACKS = 4;

    /** Arrays whose headers one task returns: reading one takes a few microseconds. */
    private static final int MAX_HEADERS = 8192;

    private final long sliceBytes;
    private final boolean arePacked;
    private final PreferredHosts hosts;
    private final List<HostPack> packs = new ArrayList<>();
    private final List<NumberedPartition> partitions = new ArrayList<>();

    /** Small row groups of one host, packed into partitions. */
    private final class HostPack {
        private final @Nullable String host;
        private final TaskPacking packing;
        private final List<RowSlice> open = new ArrayList<>();
        private int firstSlice;

        HostPack(@Nullable String host, long capacity, int maxSlices) {
            this.host = host;
            this.packing = new TaskPacking(capacity, maxSlices);
        }

        /** @param slice the number of the slice in its row group */
        void add(int slice, RowSlice rows) throws IOException {
            int tasks = packing.tasks();
            packing.add(rows.bytes());
            if (packing.tasks() > tasks) {
                flush();
                firstSlice = slice;
            }
            open.add(rows);
        }

        void flush() throws IOException {
            if (!open.isEmpty()) {
                addPartition(firstSlice, open, host);
                open.clear();
            }
        }
    }

    /**
     * @param totalWeight of all slices that will be added, as {@link TaskPacking#weight} computes it
     * @param hosts to choose from; empty to leave the choice to Spark
     */
    PartitionCutter(long sliceBytes, long packBytes, long totalWeight, int cores, List<String> hosts) {
        this(sliceBytes, false, TaskPacking.capacity(packBytes, totalWeight, cores), PackedSlices.MAX_SLICES, hosts);
    }

    /** @param arePacked whether a partition may have several slices of a big row group */
    private PartitionCutter(long sliceBytes, boolean arePacked, long capacity, int maxSlices, List<String> hosts) {
        this.sliceBytes = sliceBytes;
        this.arePacked = arePacked;
        this.hosts = new PreferredHosts(hosts);
        for (String host : hosts) {
            packs.add(new HostPack(host, capacity, maxSlices));
        }
        if (hosts.isEmpty()) {
            packs.add(new HostPack(null, capacity, maxSlices));
        }
    }

    /**
     * Cuts a selection for the executors that are running now.
     *
     * @param size of the selection in this inventory
     */
    public static ArrayPartition[] cut(
            Inventory inventory, SourceSettings settings, Selection selection, SelectionSize size) throws IOException {
        SparkContext spark = SparkSession.active().sparkContext();
        return new PartitionCutter(
                        settings.extract().sliceBytes(),
                        settings.extract().packBytes(),
                        TaskPacking.weight(size.bytes(), size.slices()),
                        spark.defaultParallelism(),
                        ExecutorHosts.of(spark))
                .cut(inventory, selection);
    }

    /**
     * Cuts a selection, of which each task returns few rows, for the executors that are running now.
     *
     * @param size of the selection in this inventory
     */
    public static ArrayPartition[] ofAggregates(
            Inventory inventory, SourceSettings settings, Selection selection, SelectionSize size) throws IOException {
        SparkContext spark = SparkSession.active().sparkContext();
        return ofAggregates(
                        settings.extract().sliceBytes(),
                        settings.extract().packBytes(),
                        size,
                        spark.defaultParallelism(),
                        ExecutorHosts.of(spark))
                .cut(inventory, selection);
    }

    /** @param size of all slices that will be added; other parameters as of the constructor */
    static PartitionCutter ofAggregates(
            long sliceBytes, long packBytes, SelectionSize size, int cores, List<String> hosts) {
        long weight = TaskPacking.weight(size.bytes(), size.slices());
        long capacity = Math.max(
                packBytes / AGGREGATED_PACKS,
                evenCapacity(weight, Math.max(size.slices(), size.bytes() / sliceBytes), cores));
        return new PartitionCutter(
                sliceBytes,
                true,
                Math.max(1, Math.min(times(packBytes, AGGREGATED_PACKS), capacity)),
                PackedSlices.MAX_SLICES,
                hosts);
    }

    /** The capacity of short tasks that have about as much work each. */
    private static long evenCapacity(long totalWeight, long items, int cores) {
        // Half an item more: items of one size fill this number of tasks, and not one more.
        return totalWeight / ((long) cores * TaskPacking.SHORT_TASKS_PER_CORE) + totalWeight / Math.max(1, 2 * items);
    }

    /** Users set packBytes as large as they like. */
    private static long times(long packBytes, int packs) {
        return packBytes > Long.MAX_VALUE / packs ? Long.MAX_VALUE : packs * packBytes;
    }

    /**
     * Packs selected arrays, each one whole, for the executors that are running now.
     *
     * @param size of the selection in this inventory
     */
    public static ArrayPartition[] ofWholeArrays(
            Inventory inventory, SourceSettings settings, ArraySelection selection, SelectionSize size)
            throws IOException {
        SparkContext spark = SparkSession.active().sparkContext();
        return ofWholeArrays(
                        settings.extract().packBytes(),
                        TaskPacking.weight(size.bytes(), size.slices()),
                        size.slices(),
                        spark.defaultParallelism(),
                        ExecutorHosts.of(spark))
                .cut(inventory, selection);
    }

    /** @param arrays the number of arrays that will be added; other parameters as of the constructor */
    static PartitionCutter ofWholeArrays(long packBytes, long totalWeight, long arrays, int cores, List<String> hosts) {
        long capacity = Math.min(times(packBytes, WHOLE_PACKS), evenCapacity(totalWeight, arrays, cores));
        return new PartitionCutter(WHOLE, false, Math.max(1, capacity), PackedSlices.MAX_SLICES, hosts);
    }

    private ArrayPartition[] cut(Inventory inventory, SliceSelection selection) throws IOException {
        selection.forEach(inventory, this::add);
        return partitions();
    }

    /** Packs the headers of selected arrays, for any executor. */
    public static ArrayPartition[] ofHeaders(Inventory inventory, ArraySelection selection) throws IOException {
        return new PartitionCutter(WHOLE, false, Long.MAX_VALUE, MAX_HEADERS, List.of()).cut(inventory, selection);
    }

    void add(RowSlice rows) throws IOException {
        HostPack pack = packs.get(hosts.index(rows.group()));
        // The grid of zone maps decides where slices end, so that a zone map belongs to one slice.
        RowSlicer slicer = ZoneGrid.of(rows.group(), sliceBytes).slicer();
        if (rows.rows() <= slicer.sliceRows()) {
            pack.add(0, rows);
            return;
        }
        int slice = 0;
        long from = rows.fromRow();
        while (from < rows.toRow()) {
            long to = slicer.sliceEnd(from, rows.toRow());
            if (arePacked) {
                pack.add(slice, rows.part(from, to));
            } else {
                addPartition(slice, List.of(rows.part(from, to)), pack.host);
            }
            slice++;
            from = to;
        }
    }

    private void addPartition(int slice, List<RowSlice> slices, @Nullable String host) throws IOException {
        partitions.add(new NumberedPartition(slice, new ArrayPartition(PackedSlices.pack(slices), host)));
    }

    ArrayPartition[] partitions() throws IOException {
        for (HostPack pack : packs) {
            pack.flush();
        }
        return partitions.stream()
                .sorted(Comparator.comparingInt(NumberedPartition::slice))
                .map(NumberedPartition::partition)
                .toArray(ArrayPartition[]::new);
    }
}
