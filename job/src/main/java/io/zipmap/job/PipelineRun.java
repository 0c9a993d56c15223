package io.zipmap.job;

import io.zipmap.IoRunnable;
import io.zipmap.ZipmapException;
import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.Failure;
import io.zipmap.job.output.ArchiveComparison;
import io.zipmap.job.output.ArchivesTable;
import io.zipmap.job.output.ArrayStatsTable;
import io.zipmap.job.output.ArraysTable;
import io.zipmap.job.output.CarriedRows;
import io.zipmap.job.output.ChangeCounts;
import io.zipmap.job.output.ColumnStatsTable;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.job.output.FailuresTable;
import io.zipmap.job.output.FormerViews;
import io.zipmap.job.output.OutputFailure;
import io.zipmap.job.output.OutputTarget;
import io.zipmap.job.output.Publisher;
import io.zipmap.job.output.RunPage;
import io.zipmap.job.output.TableWriter;
import io.zipmap.job.output.TotalStatsView;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.RowSample;
import io.zipmap.plan.Plan;
import io.zipmap.plan.Progress;
import io.zipmap.plan.RunOutput;
import io.zipmap.plan.Work;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * One run from inputs to published tables: plan, extract, map, publish, queries. The tables are published together or
 * not at all; a query that fails later leaves them published. An incremental run processes the archives that are new or
 * changed, and carries over the rows of all others from the tables that it replaces.
 */
public final class PipelineRun {
    private final SparkSession session;
    private final RunSettings settings;
    private final Pipeline pipeline;
    private final TableWriter writer;
    private final Queries queries;
    private final StageTimer timer;
    private final IoRunnable check;
    private final @Nullable RunReporter reporter;
    private final RunFactsCollector facts;

    /** A run without a report. */
    public PipelineRun(SparkSession session, RunSettings settings) {
        this(session, settings, () -> {}, null, Progress.NONE);
    }

    /**
     * @param check called before the tables become visible; if it throws, nothing is published
     * @param reporter makes the page that is published with the tables; null if nobody wants a report, and nothing is
     *     collected for it
     * @param progress receives the stages of {@link RunSummary#seconds}
     */
    public PipelineRun(
            SparkSession session,
            RunSettings settings,
            IoRunnable check,
            @Nullable RunReporter reporter,
            Progress progress) {
        this.reporter = reporter;
        this.check = check;
        this.session = session;
        this.settings = settings;
        this.pipeline = new Pipeline(session, settings.pipeline());
        this.writer = new TableWriter(settings.tableFormat());
        this.timer = new StageTimer(JavaSparkContext.fromSparkContext(session.sparkContext()), progress);
        this.queries = new Queries(session, settings.results());
        this.facts = new RunFactsCollector(timer, settings.output());
    }

    /**
     * Runs all stages. The tables are temporary views of the session, by their names, until {@code afterwards} has
     * returned. Without queries and {@code afterwards} no view is made, and a run without output prints its statistics.
     *
     * @param afterwards called after the queries, for a look at the views; null if nobody looks
     * @throws ZipmapException a named error; unless it is {@code SQL_FAILED}, nothing was published
     */
    public RunSummary run(@Nullable Runnable afterwards) throws IOException {
        EncryptionWarning.log(session);
        writer.requireKnownFormat();
        queries.requireValid(settings.queries());
        if (settings.output().isEmpty()) {
            return runStages(null, null, afterwards);
        }
        Configuration configuration = session.sparkContext().hadoopConfiguration();
        try (OutputTarget target =
                OutputTarget.open(configuration, settings.output().get(), settings.replacesOutput())) {
            Optional<RunOutput> former =
                    settings.incremental() ? RunOutput.at(configuration, target.folder()) : Optional.empty();
            if (former.isEmpty()) {
                return runStages(target, null, afterwards);
            }
            settings.tableOptions().requireSame(former.get());
            try (ArchiveComparison comparison = new ArchiveComparison(session, pipeline.access(), former.get())) {
                return runStages(target, comparison, afterwards);
            }
        }
    }

    /**
     * @param target null if nothing is published
     * @param comparison with the former run; null if all archives are processed
     */
    private RunSummary runStages(
            @Nullable OutputTarget target, @Nullable ArchiveComparison comparison, @Nullable Runnable afterwards)
            throws IOException {
        boolean printsStatistics = settings.printsStatistics() && afterwards == null;
        Plan plan = timer.time(StageTime.PLAN, () -> plan(comparison));
        try (plan;
                ArrayRecords records =
                        timer.time(StageTime.EXTRACT, extractWork(plan), () -> extract(plan, comparison));
                Aggregation aggregation =
                        timer.time(StageTime.MAP, mapWork(records), () -> aggregate(records, printsStatistics))) {
            facts.mapped(plan, aggregation);
            if (printsStatistics) {
                return printStatistics(records, aggregation);
            }
            Map<String, Dataset<Row>> tables = tables(records, aggregation);
            long carriedFailures = comparison == null ? 0 : addCarriedRows(tables, comparison.carriedRows());
            ChangeCounts changes = comparison == null ? null : comparison.counts();
            boolean failed = records.hasFailures() || aggregation.failureCount() + carriedFailures > 0;
            facts.changes(changes);
            RunPage page = reporter == null
                    ? null
                    : new Page(records, aggregation, failed ? tables.get(RunOutput.FAILURES) : null);
            if (target != null && (changes == null || !changes.none())) {
                publish(tables, archives(records, comparison), page, target);
            } else if (page != null) {
                page.collect();
            }
            if (target != null) {
                // Queries may take long, and must not keep other runs from writing.
                target.close();
            }
            if (!settings.queries().isEmpty() || afterwards != null || failed) {
                runQueries(registerViews(tables, comparison != null));
            }
            if (afterwards != null) {
                timer.time("results", () -> {
                    afterwards.run();
                    return tables;
                });
            }
            if (failed && page == null) {
                facts.failures(failures(session.table(RunOutput.FAILURES)));
            }
            return facts.summary();
        }
    }

    /** What is known of the run so far. */
    public RunFacts facts() {
        return facts.now();
    }

    /** The page of this run. Its parts are collected once. */
    private final class Page implements RunPage {
        private final ArrayRecords records;
        private final Aggregation aggregation;
        private final @Nullable Dataset<Row> failures;

        /** @param failures null if there are none */
        Page(ArrayRecords records, Aggregation aggregation, @Nullable Dataset<Row> failures) {
            this.records = records;
            this.aggregation = aggregation;
            this.failures = failures;
        }

        @Override
        public void collect() {
            facts.columns(aggregation.columns());
            facts.arrays(FirstArrays.of(records, RunFacts.MOST_ARRAYS));
            if (failures != null) {
                facts.failures(FailureSummary.of(session, failures, RunFacts.MOST_FAILURES));
            }
        }

        @Override
        public byte[] make() throws IOException {
            return Objects.requireNonNull(reporter).page(facts.now());
        }
    }

    private Aggregation aggregate(ArrayRecords records, boolean columnsOnly) throws IOException {
        facts.extracted(records);
        RowSample sample = reporter == null ? null : RowSample.of(records.summaries());
        facts.sample(sample);
        return pipeline.aggregate(records, columnsOnly, sample);
    }

    private static Work extractWork(Plan plan) {
        return new Work(plan.count(), 0, plan.bytes());
    }

    /** The driver is no task of Spark, which would count what it has aggregated. */
    private Work mapWork(ArrayRecords records) {
        return settings.pipeline().aggregateOnDriver() ? Work.UNKNOWN : new Work(0, records.count(), records.bytes());
    }

    /** Ends a run that keeps no tables and has no query: makes no table that nobody reads. */
    private RunSummary printStatistics(ArrayRecords records, Aggregation aggregation) throws IOException {
        StatisticsResult result = new StatisticsResult(session, settings);
        long notPrinted = timer.time("results", () -> result.print(aggregation));
        facts.notPrinted(notPrinted);
        boolean failed = records.hasFailures() || aggregation.failureCount() > 0;
        if (reporter != null) {
            new Page(records, aggregation, failed ? failuresTable(records, aggregation) : null).collect();
        } else if (failed) {
            facts.failures(failures(failuresTable(records, aggregation)));
        }
        return facts.summary();
    }

    private FailureSummary failures(Dataset<Row> table) throws IOException {
        return timer.time("failures", () -> FailureSummary.of(session, table, FailureSummary.FEW));
    }

    private Plan plan(@Nullable ArchiveComparison comparison) throws IOException {
        return comparison == null
                ? pipeline.plan(settings.inputs())
                : pipeline.planChosen(settings.inputs(), comparison);
    }

    /** The archives of an incremental run need not have an entry that the user asked for. */
    private ArrayRecords extract(Plan plan, @Nullable ArchiveComparison comparison) throws IOException {
        return comparison == null ? pipeline.extractAll(plan) : pipeline.extract(plan);
    }

    /** The tables of the processed archives, by name. */
    private Map<String, Dataset<Row>> tables(ArrayRecords records, Aggregation aggregation) {
        Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
        tables.put(RunOutput.ARRAYS, ArraysTable.aggregated(session, records, aggregation));
        boolean quantiles = settings.pipeline().quantiles();
        tables.put(RunOutput.COLUMN_STATS, ColumnStatsTable.of(session, aggregation, quantiles));
        tables.put(RunOutput.ARRAY_STATS, ArrayStatsTable.of(session, aggregation, quantiles));
        tables.put(RunOutput.FAILURES, failuresTable(records, aggregation));
        return tables;
    }

    private Dataset<Row> failuresTable(ArrayRecords records, Aggregation aggregation) {
        JavaRDD<Failure> ofMap = aggregation.failures();
        return FailuresTable.of(
                session, records.hasFailures() ? records.failures().union(ofMap) : ofMap);
    }

    /** Returns the number of failures that were added. */
    private static long addCarriedRows(Map<String, Dataset<Row>> tables, CarriedRows carried) throws IOException {
        for (Map.Entry<String, Dataset<Row>> table : tables.entrySet()) {
            table.setValue(carried.addTo(table.getKey(), table.getValue()));
        }
        return carried.failures();
    }

    private Dataset<Row> archives(ArrayRecords records, @Nullable ArchiveComparison comparison) {
        Dataset<Row> processed = ArchivesTable.processed(session, records);
        return comparison == null ? processed : processed.unionByName(comparison.unchanged());
    }

    private void publish(
            Map<String, Dataset<Row>> tables, Dataset<Row> archives, @Nullable RunPage page, OutputTarget target)
            throws IOException {
        Publisher publisher = new Publisher(writer, check, page);
        String folder = target.folder().toString();
        OutputFailure.naming(
                folder,
                () -> timer.time(StageTime.PUBLISH, () -> {
                    publisher.publish(tables, archives, settings.tableOptions().texts(), target);
                    return folder;
                }));
    }

    /**
     * Registers the tables as views. The lineage of carried rows leads to the former tables, which publication has
     * moved, so an incremental run registers the new tables.
     */
    private Queries registerViews(Map<String, Dataset<Row>> tables, boolean incremental) throws IOException {
        if (!incremental) {
            tables.forEach((name, table) -> table.createOrReplaceTempView(name));
            return queries;
        }
        FormerViews published = FormerViews.at(session, settings.output().orElseThrow(), settings.tableFormat());
        published.register();
        return queries.over(published);
    }

    private void runQueries(Queries overViews) throws IOException {
        ViewSettings views = settings.output()
                .map(output -> settings.views().ofOutput(output))
                .orElse(settings.views());
        Queries allViews = overViews.with(new TotalStatsView(session)).with(SourceView.besideTables(session, views));
        if (!settings.queries().isEmpty()) {
            timer.time("sql", () -> {
                allViews.run(settings.queries());
                return settings.queries();
            });
        }
    }
}
