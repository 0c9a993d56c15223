package io.zipmap.cli;

import io.zipmap.IoConsumer;
import io.zipmap.ZipmapException;
import io.zipmap.job.Queries;
import io.zipmap.job.SourceView;
import io.zipmap.job.SqlSettings;
import io.zipmap.job.output.FormerViews;
import io.zipmap.job.output.LazyView;
import io.zipmap.job.output.TotalStatsView;
import io.zipmap.plan.Progress;
import io.zipmap.plan.Work;
import io.zipmap.sql.TableText;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The Spark application of {@code sql} and its tables, ready for queries. Closing stops Spark. */
final class SqlSession implements AutoCloseable {
    private static final int UNCUT = 0;
    private static final String JOBS = "zipmap-statement";
    private static final String STAGE = "sql";

    private final SparkSession spark;
    private final Queries queries;
    private final List<String> tables;
    private final List<LazyView> views;
    private final Progress progress;
    private final Closeable application;

    /**
     * @param tables names of the tables of a former run, which are registered
     * @param views made when a query first names them
     * @param progress receives each statement as a stage
     * @param application closed with this session
     */
    SqlSession(
            SparkSession spark,
            Queries queries,
            List<String> tables,
            List<? extends LazyView> views,
            Progress progress,
            Closeable application) {
        this.spark = spark;
        this.queries = queries.with(views);
        this.tables = tables;
        this.views = List.copyOf(views);
        this.progress = progress;
        this.application = application;
    }

    /** Starts Spark and registers the tables of a former run, or the views that queries will name. */
    static SqlSession open(CommandInvocation invocation, SqlSettings settings) throws IOException {
        return open(invocation, settings, () -> UNCUT, session -> {});
    }

    /**
     * As {@link #open}, with a first view for the prompt to show.
     *
     * @param width columns of the terminal to which printed tables are cut
     */
    static SqlSession openForPrompt(CommandInvocation invocation, SqlSettings settings, IntSupplier width)
            throws IOException {
        return open(
                invocation,
                settings,
                width,
                session -> session.makeFirstView(settings.views().table()));
    }

    private static SqlSession open(
            CommandInvocation invocation, SqlSettings settings, IntSupplier width, IoConsumer<SqlSession> prepare)
            throws IOException {
        SparkApplication spark = SparkApplication.open(invocation);
        boolean open = false;
        try {
            SqlSession session = withTables(spark, settings, width, invocation.progress());
            prepare.accept(session);
            open = true;
            return session;
        } finally {
            if (!open) {
                spark.close();
            }
        }
    }

    private static SqlSession withTables(
            SparkApplication spark, SqlSettings settings, IntSupplier width, Progress progress) throws IOException {
        SparkSession session = spark.session();
        Queries queries = new Queries(session, settings.results()).cutTo(width);
        queries.requireNewFolder();
        Optional<FormerViews> former = FormerViews.among(session, settings.inputs(), settings.tableFormat());
        if (former.isEmpty()) {
            return new SqlSession(
                    session,
                    queries,
                    List.of(),
                    SourceView.overArchives(session, settings.views()),
                    progress,
                    spark::close);
        }
        former.get().register();
        List<LazyView> views = new ArrayList<>(List.of(new TotalStatsView(session)));
        views.addAll(SourceView.besideTables(session, settings.views()));
        return new SqlSession(session, queries.over(former.get()), former.get().names(), views, progress, spark::close);
    }

    /** Runs one query of the command line. */
    void runQuery(String query) throws IOException {
        spark.sparkContext().setCallSite(STAGE);
        progress.begin(STAGE, Work.UNKNOWN);
        try {
            queries.run(List.of(query));
        } finally {
            progress.end();
        }
    }

    /** Runs one statement of a prompt or a script; its jobs can be interrupted. */
    void run(String statement) throws IOException {
        spark.sparkContext().setJobGroup(JOBS, statement, true);
        runQuery(statement);
    }

    /**
     * Makes the view that the prompt shows first: that of {@code table}, otherwise the first one that can be made. The
     * arrays of an archive often form {@code members} and not {@code elements}. Makes none over a former run.
     *
     * @throws ZipmapException the error of the first view, if none can be made
     */
    void makeFirstView(Optional<String> table) throws IOException {
        if (!tables.isEmpty()) {
            return;
        }
        ZipmapException first = null;
        for (LazyView view : views) {
            if (view.name().equals(table.orElse(view.name()))) {
                try {
                    view.register();
                    return;
                } catch (ZipmapException e) {
                    first = first == null ? e : first;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** The tables and their columns in words. */
    String describe() {
        List<String> lines = new ArrayList<>();
        List<String> hidden = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (ShownTable table : tables()) {
            if (table.schema().isEmpty()) {
                unknown.add(table.name());
            } else {
                lines.add(TableText.of(table.name(), table.schema()));
            }
            if (!table.hidden().isEmpty()) {
                hidden.add("hidden columns of " + table.name() + ", which SELECT * leaves out: "
                        + String.join(", ", table.hidden()));
            }
        }
        lines.addAll(madeLater(unknown));
        lines.addAll(hidden);
        return String.join(System.lineSeparator(), lines);
    }

    /** Shows the tables and views of Spark, and says which views no query has named yet. */
    void showTables() throws IOException {
        run("SHOW TABLES");
        List<String> missing = views.stream()
                .filter(view -> !queries.isRegistered(view))
                .map(LazyView::name)
                .toList();
        madeLater(missing).forEach(System.err::println);
    }

    /** One line, or none. */
    private static List<String> madeLater(List<String> names) {
        return names.isEmpty()
                ? List.of()
                : List.of(String.join(", ", names) + ": each is made when a query first names it");
    }

    /** Names of columns by table. Those of a view are known when a query has named it. */
    Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (ShownTable table : tables()) {
            List<String> names = new ArrayList<>(Arrays.asList(table.schema().fieldNames()));
            names.addAll(table.hidden());
            columns.put(table.name(), names);
        }
        return columns;
    }

    /**
     * A table or view of the session.
     *
     * @param schema without columns if they are not known yet
     */
    private record ShownTable(String name, StructType schema, List<String> hidden) {}

    private List<ShownTable> tables() {
        List<ShownTable> all = new ArrayList<>();
        tables.forEach(name -> all.add(registered(name)));
        for (LazyView view : views) {
            all.add(
                    queries.isRegistered(view)
                            ? registered(view.name())
                            : new ShownTable(view.name(), view.schemaBefore(), List.of()));
        }
        return all;
    }

    private ShownTable registered(String name) {
        LogicalPlan plan = spark.table(name).queryExecution().analyzed();
        List<String> hidden = CollectionConverters.asJava(plan.metadataOutput()).stream()
                .map(Attribute::name)
                .toList();
        return new ShownTable(name, plan.schema(), hidden);
    }

    /** Cancels all jobs: the jobs of broadcasts are not in the job group of a statement. */
    void cancelJobs() {
        spark.sparkContext().cancelAllJobs();
    }

    @Override
    public void close() throws IOException {
        application.close();
    }
}
