package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.EntryShare;
import io.zipmap.job.extract.ExtractOutcome;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.extract.ExtractTask;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.DriverAggregator;
import io.zipmap.job.stats.RowSample;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The stages plan, extract and map, for one session and one set of settings. Each method runs one stage on the result
 * of the stage before it; the caller closes the results.
 */
final class Pipeline {
    private final JavaSparkContext spark;
    private final PipelineSettings settings;
    private final StoreAccess access;
    private final Planner planner;

    Pipeline(SparkSession session, PipelineSettings settings) {
        this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        this.settings = settings;
        Broadcast<SerializableConfiguration> hadoop =
                spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
        this.access = new StoreAccess(settings.extract(), session.sparkContext(), hadoop);
        this.planner = new Planner(spark, hadoop);
    }

    StoreAccess access() {
        return access;
    }

    Plan plan(List<String> inputs) throws IOException {
        return planner.plan(inputs, settings.packBytes());
    }

    /** Plans only the archives that {@code choice} keeps. */
    Plan planChosen(List<String> inputs, Planner.ArchiveChoice choice) throws IOException {
        return planner.planChosen(inputs, settings.packBytes(), choice);
    }

    /** Extracts now, and persists the records. */
    ArrayRecords extract(Plan plan) {
        JavaRDD<ArchiveRef> archives = plan.archives();
        List<EntryShare> shares = EntryShare.of(archives.getNumPartitions(), plan.bytes(), spark.defaultParallelism());
        JavaRDD<ExtractOutcome> outcomes = new ExtractTask(settings, access)
                .run(archives, shares)
                .setName("records")
                .persist(StorageLevel.MEMORY_AND_DISK_SER());
        return new ArrayRecords(
                plan,
                outcomes,
                shares.size() > 1,
                outcomes.mapPartitions(new ExtractSummary.Task(settings.slicing()))
                        .collect());
    }

    /**
     * Extracts as {@link #extract}, from a plan of all archives.
     *
     * @throws ZipmapException {@code ENTRIES_UNMATCHED} if no archive has an entry that the user asked for
     */
    ArrayRecords extractAll(Plan plan) throws ZipmapException {
        ArrayRecords records = extract(plan);
        try {
            settings.entries().requireMatch(records.entries());
            return records;
        } catch (ZipmapException e) {
            records.close();
            throw e;
        }
    }

    /**
     * Aggregates now, and persists the statistics.
     *
     * @param columnsOnly whether arrays with too many columns are not read
     * @param sample which values are kept too; null for none
     */
    Aggregation aggregate(ArrayRecords records, boolean columnsOnly, @Nullable RowSample sample) throws IOException {
        SliceRules slicing = slicing(columnsOnly);
        return settings.aggregateOnDriver()
                ? new DriverAggregator(spark, settings, slicing, access, sample).aggregate(records)
                : Aggregation.onExecutors(records, settings, slicing, access, spark.defaultParallelism(), sample);
    }

    /**
     * Aggregates on the executors each time the statistics are asked for, and persists nothing.
     *
     * @param columnsOnly as of {@link #aggregate}
     */
    Aggregation aggregateLazily(ArrayRecords records, boolean columnsOnly) {
        return Aggregation.lazily(records, settings, slicing(columnsOnly), access, spark.defaultParallelism());
    }

    private SliceRules slicing(boolean columnsOnly) {
        return columnsOnly ? settings.slicing().ofColumnsOnly() : settings.slicing();
    }

    /** Calls {@code function} each time a result is asked for. */
    <R> JavaRDD<R> mapArrays(ArrayRecords records, ArrayFunction<R> function) {
        return records.rdd().mapPartitions(new ArrayFunctionTask<>(access, function));
    }
}
