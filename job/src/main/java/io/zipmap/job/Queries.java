package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.job.output.FormerViews;
import io.zipmap.job.output.LazyView;
import io.zipmap.plan.RunningStatement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.QueryExecutionException;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.apache.spark.sql.internal.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * Runs the user's queries and passes their results to {@link QueryResults}. A lazy view is made when the first query
 * names it, before Spark could find a table of this name in a catalog. A query over the tables of a former run is
 * repeated if they are replaced while it runs. Not thread-safe.
 */
public final class Queries {
    /** How often a query is tried while the tables are replaced. */
    private static final int ATTEMPTS = 10;

    /** Spark ends some messages with a full stop or a semicolon. Our own message ends with a full stop. */
    private static final Pattern END_OF_SENTENCE = Pattern.compile("[.;\\s]+$");

    private static final String NOT_FOUND = "TABLE_OR_VIEW_NOT_FOUND";
    private static final String NOT_FOUND_NAME = "relationName";

    private final SparkSession session;
    private final QueryResults results;
    private final List<LazyView> views;
    private final @Nullable FormerViews former;
    private int count;

    public Queries(SparkSession session, QueryResults results) {
        this(session, results, List.of(), null);
    }

    private Queries(SparkSession session, QueryResults results, List<LazyView> views, @Nullable FormerViews former) {
        this.session = session;
        this.results = results;
        this.views = views;
        this.former = former;
    }

    /** These queries, with one more view that is made when the first query names it. */
    public Queries with(LazyView view) {
        return with(List.of(view));
    }

    /** These queries, with more views that are made when the first query names them. */
    public Queries with(List<? extends LazyView> more) {
        List<LazyView> all = new ArrayList<>(views);
        all.addAll(more);
        return new Queries(session, results, List.copyOf(all), former);
    }

    /** These queries, with printed tables that are cut to the columns of a terminal; 0 for tables of any width. */
    public Queries cutTo(IntSupplier width) {
        return new Queries(session, results.cutTo(width), views, former);
    }

    /** These queries, over the tables of a former run. */
    public Queries over(FormerViews formerViews) {
        return new Queries(session, results, views, formerViews);
    }

    /**
     * Finds syntax errors before any work is done. Names of tables and columns are not checked.
     *
     * @throws ZipmapException {@code SQL_FAILED}, and as {@link #requireNewFolder}
     */
    public void requireValid(List<String> queries) throws ZipmapException {
        requireParsable(queries);
        requireNewFolder();
    }

    /**
     * Finds syntax errors without a session.
     *
     * @throws ZipmapException {@code SQL_FAILED}
     */
    public static void requireParsable(List<String> queries) throws ZipmapException {
        for (String query : queries) {
            try {
                parse(new SparkSqlParser(), query);
            } catch (ParseException e) {
                throw failed(query, e);
            }
        }
    }

    /** @throws ZipmapException as {@link QueryResults#requireNewFolder} */
    public void requireNewFolder() throws ZipmapException {
        results.requireNewFolder(session);
    }

    /** Runs the queries in order. The numbers of results continue from call to call. */
    public void run(List<String> queries) throws IOException {
        for (String query : queries) {
            count++;
            try {
                runWithRetries(query, count);
            } catch (AnalysisException e) {
                throw failed(query, e);
            }
        }
    }

    /** No attempt that fails has printed anything, because a result is printed after its tables are read. */
    private void runWithRetries(String query, int number) throws IOException, AnalysisException {
        if (former != null) {
            former.renew();
        }
        for (int attempt = 1; ; attempt++) {
            try (RunningStatement statement = RunningStatement.begin(session.sparkContext())) {
                runDeclared(query, number);
                return;
            } catch (SparkException | QueryExecutionException e) {
                if (former == null || attempt == ATTEMPTS || !former.renew()) {
                    throw Queries.<RuntimeException>undeclared(e);
                }
            }
        }
    }

    /** Throws the exception without declaring it, as Spark does. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E undeclared(Exception e) throws E {
        throw (E) e;
    }

    /** Declares the exceptions that Spark and the data source throw without declaring them. */
    private void runDeclared(String query, int number)
            throws IOException, AnalysisException, SparkException, QueryExecutionException {
        runWithViews(query, number);
    }

    /**
     * Makes each lazy view that the query names. A name that only Spark finds fails the query first, and the query is
     * tried again: Spark runs nothing before all names are resolved.
     */
    private void runWithViews(String query, int number) throws IOException, AnalysisException {
        List<LazyView> missing = new ArrayList<>(views);
        if (former != null) {
            missing.addAll(former.absent());
        }
        missing.removeIf(this::isRegistered);
        if (!missing.isEmpty()) {
            Set<String> named = NamedTables.of(parse(state().sqlParser(), query));
            for (LazyView view : List.copyOf(missing)) {
                if (named.contains(view.name())) {
                    view.register();
                    missing.remove(view);
                }
            }
        }
        while (true) {
            try {
                runOnce(query, number);
                return;
            } catch (AnalysisException e) {
                LazyView wanted = missing.stream()
                        .filter(view -> isMissing(view, e))
                        .findFirst()
                        .orElseThrow(() -> e);
                wanted.register();
                missing.remove(wanted);
            }
        }
    }

    /** Whether the session has a temporary view of this name, also one that the user made. */
    public boolean isRegistered(LazyView view) {
        return state().catalog().getRawTempView(view.name()).isDefined();
    }

    private SessionState state() {
        return ((org.apache.spark.sql.classic.SparkSession) session).sessionState();
    }

    private static boolean isMissing(LazyView view, AnalysisException e) {
        return NOT_FOUND.equals(e.getCondition())
                && ('`' + view.name() + '`')
                        .equalsIgnoreCase(e.getMessageParameters().get(NOT_FOUND_NAME));
    }

    private void runOnce(String query, int number) throws IOException, AnalysisException {
        Dataset<Row> lazy = session.sql(query);
        Dataset<Row> result = former != null && former.isReadBy(lazy) ? lazy.localCheckpoint() : lazy;
        results.put(session, result, number);
    }

    /** Declares the exception that Spark's parser throws without declaring it. */
    private static LogicalPlan parse(ParserInterface parser, String query) throws ParseException {
        return parser.parsePlan(query);
    }

    private static ZipmapException failed(String query, AnalysisException e) {
        if (e.getCause() instanceof ZipmapException named) {
            return named;
        }
        return new ZipmapException(Condition.SQL_FAILED, "Cannot run the query: " + query)
                .actual(String.valueOf(e.getMessage())
                        .strip()
                        .lines()
                        .findFirst()
                        .map(line -> END_OF_SENTENCE.matcher(line).replaceFirst(""))
                        .orElse(""))
                .because(e);
    }
}
