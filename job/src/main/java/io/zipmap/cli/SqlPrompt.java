package io.zipmap.cli;

import io.zipmap.job.Queries;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** An interactive SQL session. Prints the error of a statement that fails, and goes on with the next. */
final class SqlPrompt implements AutoCloseable {
    private static final String HELP = String.join(
            System.lineSeparator(),
            "A statement of Spark SQL ends with a semicolon and may take many lines.",
            "The table elements has one row for each row of the arrays.",
            "A former run also has the tables arrays, column_stats, total_stats and failures.",
            ".help      shows this text",
            ".tables    lists the tables",
            ".quit      ends the session, like Ctrl-D",
            "Ctrl-C     clears the input, or cancels the running statement");
    private static final String JOBS = "zipmap-statement";

    private final SparkSession session;
    private final Queries queries;
    // Statements run in a thread of their own, so that the thread of Ctrl-C can cancel them.
    private final ExecutorService runner = Executors.newSingleThreadExecutor();

    SqlPrompt(SparkSession session, Queries queries) {
        this.session = session;
        this.queries = queries;
    }

    /** Runs statements until they end, or until {@code .quit}. */
    void run(StatementReader statements) throws IOException {
        System.out.println("Spark SQL. End a statement with a semicolon; type .help for help.");
        for (@Nullable String next = statements.next(); next != null; next = statements.next()) {
            switch (next) {
                case ".quit", ".exit" -> {
                    return;
                }
                case ".help" -> System.out.println(HELP);
                case ".tables" -> execute("SHOW TABLES");
                default -> execute(next);
            }
        }
    }

    private void execute(String statement) throws IOException {
        Future<?> running = runner.submit(() -> {
            session.sparkContext().setJobGroup(JOBS, statement, true);
            queries.run(List.of(statement));
            return null;
        });
        try {
            running.get();
        } catch (ExecutionException e) {
            System.err.println(ErrorPrinter.sentence(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while a statement ran");
        }
    }

    /**
     * Cancels the running statement, if any. Cancels all jobs of the application: there are no others, and the jobs of
     * broadcasts are not in the statement's job group.
     */
    void cancel() {
        session.sparkContext().cancelAllJobs();
    }

    @Override
    public void close() {
        runner.shutdownNow();
    }
}
