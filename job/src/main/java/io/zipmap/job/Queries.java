package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.jspecify.annotations.Nullable;

/** Runs the user's queries: prints each result, and writes it where that is asked for. */
public final class Queries {
    private final SparkSession session;
    private final QuerySettings settings;
    private final @Nullable Elements elements;
    private int done;

    public Queries(SparkSession session, QuerySettings settings) {
        this(session, settings, null);
    }

    private Queries(SparkSession session, QuerySettings settings, @Nullable Elements elements) {
        this.session = session;
        this.settings = settings;
        this.elements = elements;
    }

    /** These, with a view that is made when the first query names it. */
    public Queries with(Elements lazily) {
        return new Queries(session, settings, lazily);
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
                runWithElements(query, done);
            } catch (AnalysisException e) {
                throw failed(query, e);
            }
        }
    }

    /** Nothing runs before all names are resolved. */
    private void runWithElements(String query, int number) throws IOException, AnalysisException {
        try {
            run(query, number);
        } catch (AnalysisException e) {
            if (elements == null || !elements.wanted(e)) {
                throw e;
            }
            elements.register();
            run(query, number);
        }
    }

    private void run(String query, int number) throws AnalysisException {
        Dataset<Row> result = session.sql(query);
        settings.printed().print(result);
        if (settings.output().isPresent()) {
            new Publisher(session, settings.written())
                    .write(result, settings.output().get() + "/query-" + number);
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
