package io.zipmap.job.stats;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.extract.Failure;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.plan.StoreAccess;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.TileStats;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The result of the map stage: the statistics of all arrays, and the arrays that could not be read. The outcomes of the
 * slices stay persisted in Spark's block store until this is closed.
 */
public final class Aggregation implements AutoCloseable {
    /** Keeps a file of {@code column_stats} at some tens of thousands of rows. */
    private static final long TILES_PER_PARTITION = 10_000;

    private final JavaRDD<SliceOutcome> slices;
    private final Map<String, ReadCounts> readsByHost;
    private final Map<String, Long> bytesByHost;
    private final long failures;
    private final boolean hasParts;
    private final @Nullable PlainReads plainReads;
    private final ColumnTotals columns;
    private final int partitions;

    private Aggregation(
            JavaRDD<SliceOutcome> slices,
            Map<String, ReadCounts> readsByHost,
            Map<String, Long> bytesByHost,
            ColumnTotals columns,
            long failures,
            boolean hasParts,
            @Nullable PlainReads plainReads,
            int partitions) {
        this.slices = slices;
        this.readsByHost = readsByHost;
        this.bytesByHost = bytesByHost;
        this.columns = columns;
        this.failures = failures;
        this.hasParts = hasParts;
        this.plainReads = plainReads;
        this.partitions = partitions;
    }

    /**
     * Aggregates now, on the executors that hold the arrays.
     *
     * @param sample which values are kept for {@link #columns}; null if nobody wants those
     */
    public static Aggregation onExecutors(
            ArrayRecords records,
            PipelineSettings settings,
            SliceRules slicing,
            StoreAccess access,
            int cores,
            @Nullable RowSample sample) {
        return persisted(records, slicing, slices(records, settings, slicing, access, cores, sample), sample != null);
    }

    /**
     * Aggregates on the executors when a result is asked for, and persists nothing. The settings must not quarantine:
     * {@link #failureCount} is not known.
     *
     * @param slicing which arrays are read
     */
    public static Aggregation lazily(
            ArrayRecords records, PipelineSettings settings, SliceRules slicing, StoreAccess access, int cores) {
        return new Aggregation(
                slices(records, settings, slicing, access, cores, null),
                Map.of(),
                Map.of(),
                new ColumnTotals(),
                0,
                true,
                null,
                partitions(records));
    }

    private static JavaRDD<SliceOutcome> slices(
            ArrayRecords records,
            PipelineSettings settings,
            SliceRules slicing,
            StoreAccess access,
            int cores,
            @Nullable RowSample sample) {
        List<ExtractSummary> tasks = records.summaries();
        long[] bytes = tasks.stream().mapToLong(ExtractSummary::bytes).toArray();
        List<String> hosts = tasks.stream().map(ExtractSummary::host).toList();
        SlicedRecords sliced = new SlicedRecords(
                records.outcomes().rdd(), MapSplit.plan(bytes, hosts, slicing.sliceBytes(), cores), slicing);
        return sliced.toJavaRDD().mapPartitions(new SliceStatsTask(settings, access, sample));
    }

    /**
     * Computes {@code slices} now, and persists them.
     *
     * @param slicing how the records were cut into slices
     * @param withColumns whether {@link #columns} are wanted
     */
    static Aggregation persisted(
            ArrayRecords records, SliceRules slicing, JavaRDD<SliceOutcome> slices, boolean withColumns) {
        JavaRDD<SliceOutcome> persisted =
                slices.setName("slice statistics").persist(StorageLevel.MEMORY_AND_DISK_SER());
        SliceSummary whole = OrderedReduction.reduce(
                persisted.mapPartitions(new SliceSummary.Task(withColumns)), SliceSummary::merge);
        long failures = whole.hasFailures() ? failures(persisted).count() : 0;
        boolean plain = failures == 0 && whole.readsByHost().values().stream().allMatch(reads -> reads.healed() == 0);
        return new Aggregation(
                persisted,
                whole.readsByHost(),
                whole.bytesByHost(),
                whole.columns(),
                failures,
                whole.hasParts(),
                plain ? new PlainReads(slicing) : null,
                partitions(records));
    }

    private static int partitions(ArrayRecords records) {
        long tiles =
                records.summaries().stream().mapToLong(ExtractSummary::tiles).sum();
        return Math.toIntExact(1 + tiles / TILES_PER_PARTITION);
    }

    /**
     * The statistics of each tile over all its rows. A tile with a failed slice is left out, because the sum of the
     * other slices is not the sum of the tile.
     */
    public JavaRDD<Tuple2<TileKey, TileStats>> tiles() {
        return merged(slices.flatMapToPair(slice -> slice.tile().stream().iterator()))
                .filter(merged -> merged._2().rows() == merged._1().leaf().rows())
                .map(merged -> merged);
    }

    /** The statistics of each leaf of an array over all its elements. A leaf with a failed slice is left out. */
    public JavaRDD<Tuple2<LeafKey, ColumnStats>> leaves() {
        return merged(slices.flatMapToPair(slice -> slice.elements().stream().iterator()))
                .filter(merged -> merged._2().rows() == merged._1().elements())
                .map(merged -> new Tuple2<>(merged._1(), merged._2().column(0)));
    }

    /** The statistics of each key once. Where each array is one slice, there is nothing to merge and to shuffle. */
    private <K> JavaPairRDD<K, TileStats> merged(JavaPairRDD<K, TileStats> stats) {
        return hasParts ? stats.reduceByKey(TileStats::merge, partitions) : stats.coalesce(partitions);
    }

    /**
     * The statistics of columns over all arrays; empty if they were not asked for. After failures a job sums up the
     * tiles again, without those that have a failed slice.
     */
    public ColumnTotals columns() {
        if (failures == 0 || columns.columns().isEmpty()) {
            return columns;
        }
        ColumnTotals numbers = new ColumnTotals();
        tiles().mapPartitions(new ColumnTotals.Task()).collect().forEach(numbers::add);
        return columns.withNumbersOf(numbers);
    }

    /**
     * Reads by {@link LeafKey#arrayKey(io.zipmap.store.ArrayRecord)}. An array without a read slice has none.
     *
     * @param files the partitions of the result. A join with as many does not shuffle it again.
     */
    public JavaPairRDD<String, ReadCounts> reads(int files) {
        return slices.flatMapToPair(slice -> slice.reads().stream().iterator()).reduceByKey(ReadCounts::plus, files);
    }

    /** The reads of each array without {@link #reads}, which shuffles; empty if a slice failed or was healed. */
    public Optional<PlainReads> plainReads() {
        return Optional.ofNullable(plainReads);
    }

    public Map<String, ReadCounts> readsByHost() {
        return readsByHost;
    }

    /** Bytes of the elements that were read, by host. */
    public Map<String, Long> bytesByHost() {
        return bytesByHost;
    }

    /** One failure for each array that could not be read. */
    public JavaRDD<Failure> failures() {
        return failures == 0
                ? JavaSparkContext.fromSparkContext(slices.context()).emptyRDD()
                : failures(slices);
    }

    /** Keeps one failure of each array, because all its slices may fail. */
    private static JavaRDD<Failure> failures(JavaRDD<SliceOutcome> slices) {
        return slices.flatMapToPair(slice -> slice.failure().stream().iterator())
                .reduceByKey((one, other) -> one, 1)
                .values();
    }

    public long failureCount() {
        return failures;
    }

    @Override
    public void close() {
        slices.unpersist(false);
    }
}
