package io.zipmap.job;

import io.zipmap.Condition;
import io.zipmap.Printable;
import io.zipmap.ZipmapException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.execution.SparkSqlParser;
import scala.Console;

/** Runs the user's queries: prints each result, and writes it where that is asked for. */
public final class Queries {
    private static final int PRINTED_ROWS = 100;

    private final SparkSession session;
    private final String format;
    private final Optional<String> output;
    private int done;

    /**
     * @param format of written results, any that Spark can write
     * @param output folder for them; nothing is written without one
     */
    public Queries(SparkSession session, String format, Optional<String> output) {
        this.session = session;
        this.format = format;
        this.output = output;
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
        if (output.isPresent()) {
            new Publisher(session, format).requireFree(output.get(), false);
        }
    }

    /** Results are numbered on from call to call. */
    public void run(List<String> queries) throws IOException {
        for (String query : queries) {
            done++;
            try {
                run(query, done);
            } catch (AnalysisException e) {
                throw failed(query, e);
            }
        }
    }

    private void run(String query, int number) throws AnalysisException {
        Dataset<Row> result = session.sql(query);
        show(result);
        if (output.isPresent()) {
            new Publisher(session, format).write(result, output.get() + "/query-" + number);
        }
    }

    /** Spark escapes line ends, but no other character that a terminal acts on. */
    private static void show(Dataset<Row> result) {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        Console.withOut(table, () -> {
            result.show(PRINTED_ROWS, false);
            return table;
        });
        for (String line : table.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            Console.out().println(Printable.of(line));
        }
        Console.out().flush();
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
