package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.execution.SparkSqlParser;

/** Runs the user's queries: prints each result, and writes it where that is asked for. */
public final class Queries {
    private static final String NOT_FOUND = "TABLE_OR_VIEW_NOT_FOUND";
    private static final String NOT_FOUND_NAME = "relationName";

    private final SparkSession session;
    private final QuerySettings settings;
    private final List<LazyView> views;
    private int done;

    public Queries(SparkSession session, QuerySettings settings) {
        this(session, settings, List.of());
    }

    private Queries(SparkSession session, QuerySettings settings, List<LazyView> views) {
        this.session = session;
        this.settings = settings;
        this.views = views;
    }

    /** These, with views that are made when the first query names them. */
    public Queries with(LazyView... lazily) {
        return new Queries(session, settings, List.of(lazily));
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
                    .requireFree(settings.output().get(), false);
        }
    }

    /** Results are numbered on from call to call. */
    public void run(List<String> queries) throws IOException {
        for (String query : queries) {
            done++;
            try {
                runWithViews(query, done);
            } catch (AnalysisException e) {
                throw failed(query, e);
            }
        }
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
        Dataset<Row> result = session.sql(query);
        settings.printed().print(result);
        if (settings.output().isPresent()) {
            String path = settings.output().get() + "/query-" + number;
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
