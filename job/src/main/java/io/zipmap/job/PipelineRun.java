package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.plan.Plan;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from inputs to published tables: plan, extract, map, publish, and the queries. The tables are
 * published together or not at all; a query that fails after that leaves them, to be asked again.
 */
public final class PipelineRun {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

    private final SparkSession session;
    private final RunSettings settings;
    private final Pipeline pipeline;
    private final Queries queries;
    private final StageClock clock;

    public PipelineRun(SparkSession session, RunSettings settings) {
        this.session = session;
        this.settings = settings;
        this.pipeline = new Pipeline(session, settings.pipeline());
        this.clock = new StageClock(JavaSparkContext.fromSparkContext(session.sparkContext()));
        this.queries = new Queries(session, settings.querySettings());
    }

    /**
     * Runs, and leaves the tables as temporary views {@code arrays}, {@code column_stats} and {@code failures} until
     * {@code afterwards} has returned.
     *
     * @param afterwards looks at the tables while they are there
     * @throws ZipmapException a named error; nothing was published then, unless it is {@code SQL_FAILED}
     */
    public RunSummary run(Runnable afterwards) throws IOException {
        if (session.sparkContext().conf().getBoolean("spark.io.encryption.enabled", false)) {
            LOG.warn(
                    "spark.io.encryption.enabled covers Spark's own files only: extracted arrays lie in scratch unencrypted. "
                            + "Put --scratch on an encrypted disk where that matters.");
        }
        Publisher publisher = new Publisher(session, settings.tableFormat());
        publisher.requireFormat();
        queries.check(settings.queries());
        if (settings.output().isPresent()) {
            publisher.requireFree(settings.output().get(), settings.overwrite());
        }
        Plan plan = clock.time("plan", () -> pipeline.plan(settings.inputs()));
        try (plan;
                ArrayRecords records = clock.time("extract", () -> pipeline.extract(plan));
                Aggregation aggregation = clock.time("map", () -> pipeline.aggregate(records))) {
            aggregation
                    .readsByHost()
                    .forEach((host, reads) ->
                            LOG.info("map reads on {}: {} local, {} healed", host, reads.local(), reads.healed()));
            Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
            tables.put(Tables.ARRAYS, pipeline.arrays(records, aggregation));
            tables.put(Tables.COLUMN_STATS, pipeline.columnStats(aggregation));
            tables.put(Tables.FAILURES, pipeline.failures(records.failures().union(aggregation.failures())));
            if (settings.output().isPresent()) {
                clock.time(
                        "publish",
                        () -> publisher.publish(tables, settings.output().get(), settings.overwrite()));
            }
            tables.forEach((name, table) -> table.createOrReplaceTempView(name));
            if (!settings.queries().isEmpty()) {
                clock.time("sql", () -> {
                    queries.run(settings.queries());
                    return settings.queries();
                });
            }
            afterwards.run();
            return new RunSummary(plan, records.parts(), aggregation, clock.seconds());
        }
    }
}
