package io.zipmap.cli;

import io.zipmap.job.ElementsView;
import io.zipmap.job.Queries;
import io.zipmap.job.SqlSettings;
import io.zipmap.job.output.FormerViews;
import io.zipmap.job.output.TotalStatsView;
import io.zipmap.plan.RunOutput;
import io.zipmap.sql.TableText;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The Spark application of {@code sql} and its tables, ready for queries. Closing stops Spark. */
final class SqlSession implements AutoCloseable {
    private static final String JOBS = "zipmap-statement";

    /** A canceled stage is on the list of running stages for at most this time, or its bar stays. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final SparkSession spark;
    private final Queries queries;
    private final List<String> tables;
    private final List<String> lazyTables;
    private final Closeable application;

    /**
     * @param tables names of tables that are registered
     * @param lazyTables names of tables that are registered when a query first names them
     * @param application closed with this session
     */
    SqlSession(
            SparkSession spark, Queries queries, List<String> tables, List<String> lazyTables, Closeable application) {
        this.spark = spark;
        this.queries = queries;
        this.tables = tables;
        this.lazyTables = lazyTables;
        this.application = application;
    }

    /**
     * Starts Spark and registers the tables of the inputs.
     *
     * @param width columns of the terminal to which printed tables are cut; 0 for tables of any width
     */
    static SqlSession open(CommandInvocation invocation, SqlSettings settings, IntSupplier width) throws IOException {
        SparkApplication spark = SparkApplication.open(invocation);
        boolean open = false;
        try {
            SqlSession session = withTables(spark, settings, width);
            open = true;
            return session;
        } finally {
            if (!open) {
                spark.close();
            }
        }
    }

    private static SqlSession withTables(SparkApplication spark, SqlSettings settings, IntSupplier width)
            throws IOException {
        SparkSession session = spark.session();
        Queries queries = new Queries(session, settings.results()).cutTo(width);
        queries.requireNewFolder();
        ElementsView elements = new ElementsView(session, settings.elements());
        Optional<FormerViews> former = FormerViews.among(session, settings.inputs(), settings.tableFormat());
        if (former.isEmpty()) {
            elements.register();
            return new SqlSession(session, queries.with(elements), List.of(elements.name()), List.of(), spark::close);
        }
        // Registers no view of the arrays yet: it may fail, if their dtypes or shapes differ too much.
        former.get().register();
        TotalStatsView totals = new TotalStatsView(session);
        return new SqlSession(
                session,
                queries.with(elements, totals).over(former.get()),
                RunOutput.TABLES,
                List.of(totals.name(), elements.name()),
                spark::close);
    }

    Queries queries() {
        return queries;
    }

    /** Runs one statement of a prompt or a script; its jobs can be interrupted. */
    void run(String statement) throws IOException {
        spark.sparkContext().setJobGroup(JOBS, statement, true);
        queries.run(List.of(statement));
    }

    /** The tables and their columns in words. */
    String describe() {
        List<String> lines = new ArrayList<>();
        schemas().forEach((table, schema) -> lines.add(TableText.of(table, schema)));
        if (!lazyTables.isEmpty()) {
            lines.add(String.join(", ", lazyTables) + ": each is made when a query first names it");
        }
        lines.add("hidden columns of elements, which SELECT * leaves out: " + String.join(", ", TableText.HIDDEN));
        return String.join(System.lineSeparator(), lines);
    }

    /** Names of columns by table. */
    Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        lazyTables.forEach(table -> columns.put(table, List.of()));
        schemas().forEach((table, schema) -> columns.put(table, Arrays.asList(schema.fieldNames())));
        columns.computeIfPresent(
                ElementsView.NAME,
                (table, names) ->
                        Stream.concat(names.stream(), TableText.HIDDEN.stream()).toList());
        return columns;
    }

    private Map<String, StructType> schemas() {
        Map<String, StructType> schemas = new LinkedHashMap<>();
        tables.forEach(table -> schemas.put(table, spark.table(table).schema()));
        return schemas;
    }

    /** Cancels all jobs: the jobs of broadcasts are not in the job group of a statement. */
    void cancelJobs() {
        spark.sparkContext().cancelAllJobs();
    }

    /**
     * Removes the progress bar of the stages that {@link #cancelJobs} ends. Spark draws it from its list of running
     * stages, which its listeners update a moment later.
     */
    void removeProgressBar() {
        SparkContext context = spark.sparkContext();
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (context.statusTracker().getActiveStageIds().length > 0 && System.nanoTime() < end) {
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        context.progressBar().foreach(bar -> {
            bar.finishAll();
            return null;
        });
    }

    @Override
    public void close() throws IOException {
        application.close();
    }
}
