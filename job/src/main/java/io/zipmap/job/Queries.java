package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.job.output.FormerViews;
import io.zipmap.job.output.LazyView;
import io.zipmap.job.output.OutputFailure;
import io.zipmap.job.output.Publisher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.jspecify.annotations.Nullable;

/** Runs the user's queries: prints each result, and writes it where that is asked for. */
public final class Queries {
    /** How often a query is tried while tables are brought to their places. */
    private static final int ATTEMPTS = 10;

    private static final String NOT_FOUND = "TABLE_OR_VIEW_NOT_FOUND";
    private static final String NOT_FOUND_NAME = "relationName";

    private final SparkSession session;
    private final QueryResults settings;
    private final List<LazyView> views;
    private final @Nullable FormerViews former;
    private int done;

    public Queries(SparkSession session, QueryResults settings) {
        this(session, settings, List.of(), null);
    }

    private Queries(SparkSession session, QueryResults settings, List<LazyView> views, @Nullable FormerViews former) {
        this.session = session;
        this.settings = settings;
        this.views = views;
        this.former = former;
    }

    /** These, with views that are made when the first query names them. */
    public Queries with(LazyView... lazily) {
        return new Queries(session, settings, List.of(lazily), former);
    }

    /** These, over views of a former run, which are made anew when its tables are replaced. */
    public Queries over(FormerViews tables) {
        return new Queries(session, settings, views, tables);
    }

    /** Finds mistakes of grammar before any work is done; whether tables and columns exist is known only later. */
    public void check(List<String> queries) throws ZipmapException {
        for (String query : queries) {
            try {
                parse(query);
            } catch (ParseException e) {
                throw failed(query, e);
            }
        }
        if (settings.output().isPresent()) {
            new Publisher(session, settings.written())
                    .requireFree(settings.output().get());
        }
    }

    /** Results are numbered on from call to call. */
    public void run(List<String> queries) throws IOException {
        for (String query : queries) {
            done++;
            try {
                runWithTables(query, done);
            } catch (AnalysisException e) {
                throw failed(query, e);
            }
        }
    }

    /** A publication under a query costs a second try of it. Nothing was printed before its tables were read. */
    private void runWithTables(String query, int number) throws IOException, AnalysisException {
        if (former != null) {
            former.renew();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                runOnce(query, number);
                return;
            } catch (SparkException e) {
                if (former == null || attempt == ATTEMPTS || !former.renew()) {
                    throw Queries.<RuntimeException>undeclared(e);
                }
            }
        }
    }

    /** As Spark itself throws it. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E undeclared(SparkException e) throws E {
        throw (E) e;
    }

    /** Spark does not declare it. */
    private void runOnce(String query, int number) throws IOException, AnalysisException, SparkException {
        runWithViews(query, number);
    }

    /** Nothing runs before all names are resolved. */
    private void runWithViews(String query, int number) throws IOException, AnalysisException {
        List<LazyView> missing = new ArrayList<>(views);
        while (true) {
            try {
                run(query, number);
                return;
            } catch (AnalysisException e) {
                LazyView wanted = missing.stream()
                        .filter(view -> isFor(view, e))
                        .findFirst()
                        .orElseThrow(() -> e);
                wanted.register();
                missing.remove(wanted);
            }
        }
    }

    /** Whether a query failed for the want of this view. */
    private static boolean isFor(LazyView view, AnalysisException e) {
        return NOT_FOUND.equals(e.getCondition())
                && ('`' + view.name() + '`')
                        .equalsIgnoreCase(e.getMessageParameters().get(NOT_FOUND_NAME));
    }

    private void run(String query, int number) throws IOException, AnalysisException {
        Dataset<Row> said = session.sql(query);
        Dataset<Row> result = former != null && former.isReadBy(said) ? said.localCheckpoint() : said;
        settings.printed().print(result);
        if (settings.output().isPresent()) {
            Path folder = HadoopPaths.ofOutput(
                    settings.output().get(), session.sparkContext().hadoopConfiguration());
            String path = new Path(folder, "query-" + number).toString();
            OutputFailure.naming(path, () -> {
                new Publisher(session, settings.written()).write(result, path);
                return path;
            });
        }
    }

    /** Spark's parser does not declare what it throws. */
    private static void parse(String query) throws ParseException {
        new SparkSqlParser().parsePlan(query);
    }

    private static ZipmapException failed(String query, AnalysisException e) {
        return new ZipmapException(Condition.SQL_FAILED, "Cannot run the query: " + query)
                .actual(String.valueOf(e.getMessage())
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse(""))
                .because(e);
    }
}
