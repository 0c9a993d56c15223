package io.zipmap.job.stats;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.extract.Failure;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.job.extract.TaskNode;
import io.zipmap.stats.TileStats;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Statistics of all arrays, with what failed while they were read. What is persisted stays so until closed. */
public final class Aggregation implements AutoCloseable {
    /** A file of column_stats holds some tens of thousands of rows, not fifteen. */
    private static final long TILES_PER_PARTITION = 10_000;

    private final JavaRDD<SliceOutcome> slices;
    private final Map<String, ReadCounts> readsByHost;
    private final long failures;
    private final int partitions;

    private Aggregation(
            JavaRDD<SliceOutcome> slices, Map<String, ReadCounts> readsByHost, long failures, int partitions) {
        this.slices = slices;
        this.readsByHost = readsByHost;
        this.failures = failures;
        this.partitions = partitions;
    }

    /** Aggregates where the arrays are, now. */
    public static Aggregation onExecutors(ArrayRecords records, TaskNode node, int cores) {
        return of(records, slices(records, node, cores));
    }

    /** Aggregates where the arrays are, whenever the statistics are asked for; a failure must end that then. */
    public static Aggregation lazily(ArrayRecords records, TaskNode node, int cores) {
        return new Aggregation(slices(records, node, cores), Map.of(), 0, partitions(records));
    }

    private static JavaRDD<SliceOutcome> slices(ArrayRecords records, TaskNode node, int cores) {
        List<ExtractSummary> parts = records.parts();
        long[] bytes = parts.stream().mapToLong(ExtractSummary::bytes).toArray();
        List<String> hosts = parts.stream().map(ExtractSummary::host).toList();
        SliceRules slicing = node.settings().slicing();
        SlicedRecords sliced = new SlicedRecords(
                records.outcomes().rdd(), MapSplit.of(bytes, hosts, slicing.sliceBytes(), cores), slicing);
        return sliced.toJavaRDD().mapPartitions(new SliceStatsTask(node));
    }

    /** Runs what computes {@code slices} and keeps the results. */
    static Aggregation of(ArrayRecords records, JavaRDD<SliceOutcome> slices) {
        JavaRDD<SliceOutcome> persisted = slices.setName("slice statistics").persist(StorageLevel.MEMORY_AND_DISK());
        MapSummary whole =
                MapSummary.merge(persisted.mapPartitions(new MapSummary.Sum()).collect());
        long failures = whole.failed() ? failures(persisted).count() : 0;
        return new Aggregation(persisted, whole.reads(), failures, partitions(records));
    }

    private static int partitions(ArrayRecords records) {
        long tiles = records.parts().stream().mapToLong(ExtractSummary::tiles).sum();
        return Math.toIntExact(1 + tiles / TILES_PER_PARTITION);
    }

    /**
     * The statistics of each tile over all its rows. A tile of which a slice failed has none: half a sum is a wrong
     * sum.
     */
    public JavaRDD<Tuple2<ArrayTile, TileStats>> tiles() {
        return slices.flatMapToPair(slice -> slice.stats().stream().iterator())
                .reduceByKey(TileStats::merge, partitions)
                .filter(merged -> merged._2().rows() == merged._1().shape().rows())
                .map(merged -> merged);
    }

    /** By {@link ArrayTile#array}; none for an array that was not read. */
    public JavaPairRDD<String, ReadCounts> reads() {
        return slices.flatMapToPair(slice -> slice.reads().stream().iterator())
                .reduceByKey(ReadCounts::plus, partitions);
    }

    /** What was read where. */
    public Map<String, ReadCounts> readsByHost() {
        return readsByHost;
    }

    public JavaRDD<Failure> failures() {
        return failures(slices);
    }

    /** One for an array, however many of its slices failed. */
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
