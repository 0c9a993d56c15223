package io.zipmap.job;

import io.zipmap.ZipmapException;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.output.CarriedOver;
import io.zipmap.job.output.ChangeCounts;
import io.zipmap.job.output.FormerViews;
import io.zipmap.job.output.OutputFailure;
import io.zipmap.job.output.OutputTarget;
import io.zipmap.job.output.Publisher;
import io.zipmap.job.output.Tables;
import io.zipmap.job.output.TotalStatsView;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.plan.Plan;
import io.zipmap.plan.RunOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from inputs to published tables: plan, extract, map, publish, and the queries. The tables are published
 * together or not at all; a query that fails after that leaves them, to be asked again. An incremental run does the
 * archives that are new or changed, and takes the rows of the others from the tables that it replaces.
 */
public final class PipelineRun {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

    private final SparkSession session;
    private final RunSettings settings;
    private final Pipeline pipeline;
    private final Publisher publisher;
    private final Queries queries;
    private final StageTimer clock;

    public PipelineRun(SparkSession session, RunSettings settings) {
        this.session = session;
        this.settings = settings;
        this.pipeline = new Pipeline(session, settings.pipeline());
        this.publisher = new Publisher(session, settings.tableFormat());
        this.clock = new StageTimer(JavaSparkContext.fromSparkContext(session.sparkContext()));
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
        EncryptionWarning.warn(session);
        publisher.requireFormat();
        queries.check(settings.queries());
        if (settings.output().isEmpty()) {
            return run(null, null, afterwards);
        }
        boolean replaces = settings.overwrite() || settings.incremental();
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        try (OutputTarget target =
                OutputTarget.open(configuration, settings.output().get(), replaces)) {
            Optional<RunOutput> former =
                    settings.incremental() ? RunOutput.at(configuration, target.folder()) : Optional.empty();
            if (former.isEmpty()) {
                return run(target, null, afterwards);
            }
            settings.options().requireSame(former.get());
            try (CarriedOver carried = new CarriedOver(session, pipeline.access(), former.get())) {
                return run(target, carried, afterwards);
            }
        }
    }

    private RunSummary run(@Nullable OutputTarget target, @Nullable CarriedOver carried, Runnable afterwards)
            throws IOException {
        Plan plan = clock.time("plan", () -> plan(carried));
        try (plan;
                ArrayRecords records = clock.time("extract", () -> extract(plan, carried != null));
                Aggregation aggregation = clock.time("map", () -> pipeline.aggregate(records))) {
            aggregation
                    .readsByHost()
                    .forEach((host, reads) ->
                            LOG.info("map reads on {}: {} local, {} healed", host, reads.local(), reads.healed()));
            Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
            tables.put(Tables.ARRAYS, pipeline.arrays(records, aggregation));
            tables.put(Tables.COLUMN_STATS, pipeline.columnStats(aggregation));
            tables.put(Tables.FAILURES, pipeline.failures(records.failures().union(aggregation.failures())));
            long formerFailures = 0;
            if (carried != null) {
                for (Map.Entry<String, Dataset<Row>> table : tables.entrySet()) {
                    table.setValue(carried.with(table.getKey(), table.getValue()));
                }
                formerFailures = carried.rows(Tables.FAILURES).count();
            }
            ChangeCounts changes = carried == null ? null : carried.changes();
            if (target != null && (changes == null || !changes.none())) {
                Dataset<Row> done = pipeline.seen(records);
                Dataset<Row> seen = carried == null ? done : done.unionByName(carried.seen());
                OutputFailure.naming(
                        target.folder().toString(),
                        () -> clock.time(
                                "publish",
                                () -> publisher.publish(
                                        tables, seen, settings.options().texts(), target)));
            }
            if (target != null) {
                // Queries may take long, and need no right to write.
                target.close();
            }
            ask(register(tables, carried != null));
            afterwards.run();
            return new RunSummary(plan, records, aggregation, clock.seconds(), changes, formerFailures);
        }
    }

    private Plan plan(@Nullable CarriedOver carried) throws IOException {
        return carried == null ? pipeline.plan(settings.inputs()) : pipeline.planChosen(settings.inputs(), carried);
    }

    /** Whoever goes on from a former run may find in the new archives nothing that was asked for. */
    private ArrayRecords extract(Plan plan, boolean further) throws IOException {
        return further ? pipeline.extract(plan) : pipeline.extractAll(plan);
    }

    /** What was carried over is gone from its place now, so that the views have to be of the new tables. */
    private Queries register(Map<String, Dataset<Row>> tables, boolean replaced) throws IOException {
        if (!replaced) {
            tables.forEach((name, table) -> table.createOrReplaceTempView(name));
            return queries;
        }
        FormerViews now = FormerViews.at(session, settings.output().orElseThrow(), settings.tableFormat());
        now.register();
        return queries.over(now);
    }

    private void ask(Queries over) throws IOException {
        ElementsSettings elements = settings.output()
                .map(output -> settings.elements().ofOutput(output))
                .orElse(settings.elements());
        Queries asked = over.with(new ElementsView(session, elements), new TotalStatsView(session));
        if (!settings.queries().isEmpty()) {
            clock.time("sql", () -> {
                asked.run(settings.queries());
                return settings.queries();
            });
        }
    }
}
