package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.ExtractOutcome;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.extract.ExtractTask;
import io.zipmap.job.extract.Failure;
import io.zipmap.job.extract.PipelineSettings;
import io.zipmap.job.output.ArchivesTable;
import io.zipmap.job.output.Tables;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.DriverAggregator;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.job.stats.TileKey;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Planner;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/** The stages, each from the values it needs to the values it makes. */
final class Pipeline {
    private static final long ROWS_PER_FILE = 500_000;

    private final SparkSession session;
    private final JavaSparkContext spark;
    private final PipelineSettings settings;
    private final StoreAccess access;
    private final Planner planner;

    Pipeline(SparkSession session, PipelineSettings settings) {
        this.session = session;
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

    /** @param choice of the archives that are to be done */
    Plan planChosen(List<String> inputs, Planner.ArchiveChoice choice) throws IOException {
        return planner.planChosen(inputs, settings.packBytes(), choice);
    }

    /** Extracts now; the records stay persisted. */
    ArrayRecords extract(Plan plan) {
        JavaRDD<ExtractOutcome> outcomes = plan.archives()
                .mapPartitions(new ExtractTask(settings, access))
                .setName("records")
                .persist(StorageLevel.MEMORY_AND_DISK());
        return new ArrayRecords(
                plan,
                outcomes,
                outcomes.mapPartitions(new ExtractSummary.Sum(settings.slicing()))
                        .collect());
    }

    /**
     * As {@link #extract}, of archives that are all there is.
     *
     * @throws ZipmapException {@code ENTRIES_UNMATCHED} when the user asked for entries of which they have none
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

    /** Aggregates now; the statistics stay persisted. */
    Aggregation aggregate(ArrayRecords records) throws IOException {
        return settings.aggregateOnDriver()
                ? new DriverAggregator(spark, settings, access).aggregate(records)
                : Aggregation.onExecutors(records, settings, access, spark.defaultParallelism());
    }

    /** Aggregates on the executors whenever the statistics are asked for; nothing is persisted. */
    Aggregation aggregateLazily(ArrayRecords records) {
        return Aggregation.lazily(records, settings, access, spark.defaultParallelism());
    }

    <R> JavaRDD<R> map(ArrayRecords records, ArrayFunction<R> function) {
        return records.rdd().mapPartitions(new ArrayFunctionTask<>(access, function));
    }

    /** The arrays, before anything read them. */
    Dataset<Row> arrays(ArrayRecords records) {
        JavaRDD<Row> rows = records.rdd().map(record -> Tables.row(record, ReadCounts.NONE));
        return session.createDataFrame(rows.coalesce(files(records)), Tables.ARRAYS_SCHEMA);
    }

    /** The arrays, with how the aggregation read them. */
    Dataset<Row> arrays(ArrayRecords records, Aggregation aggregation) {
        JavaRDD<Row> rows = records.rdd()
                .keyBy(TileKey::arrayKey)
                .leftOuterJoin(aggregation.reads(), files(records))
                .values()
                .map(array -> Tables.row(array._1(), array._2().orElse(ReadCounts.NONE)));
        return session.createDataFrame(rows, Tables.ARRAYS_SCHEMA);
    }

    /** The archives that were extracted, also those that gave no array. */
    Dataset<Row> seen(ArrayRecords records) {
        return ArchivesTable.of(session, records.outcomes().coalesce(files(records)));
    }

    private static int files(ArrayRecords records) {
        return Math.toIntExact(1 + records.count() / ROWS_PER_FILE);
    }

    Dataset<Row> columnStats(Aggregation aggregation) {
        boolean quantiles = settings.quantiles();
        return session.createDataFrame(
                aggregation.tiles().flatMap(tile -> Tables.rows(tile, quantiles)), Tables.columnStatsSchema(quantiles));
    }

    Dataset<Row> failures(JavaRDD<Failure> failures) {
        return session.createDataFrame(failures.map(Tables::row).coalesce(1), Tables.FAILURES_SCHEMA);
    }
}
