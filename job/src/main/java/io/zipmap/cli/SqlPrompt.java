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

/** An interactive session: what fails is told, and the next statement is asked for. */
final class SqlPrompt implements AutoCloseable {
    private static final String HELP = String.join(
            System.lineSeparator(),
            "A statement of Spark SQL ends with a semicolon and may take many lines.",
            "The table elements is the arrays themselves, a row per row; a former run has arrays, column_stats, total_stats and failures too.",
            ".help      this text",
            ".tables    what can be queried",
            ".quit      ends the session, as Ctrl-D does",
            "Ctrl-C     gives up what is typed, or cancels the statement that runs");
    private static final String JOBS = "zipmap-statement";

    private final SparkSession session;
    private final Queries queries;
    // A statement has its own thread, so that Ctrl-C has one that can cancel it.
    private final ExecutorService runner = Executors.newSingleThreadExecutor();

    SqlPrompt(SparkSession session, Queries queries) {
        this.session = session;
        this.queries = queries;
    }

    /** Runs until the statements end, or {@code .quit}. */
    void run(StatementReader statements) throws IOException {
        System.out.println("Spark SQL. End a statement with a semicolon; .help tells more.");
        for (@Nullable String next = statements.next(); next != null; next = statements.next()) {
            switch (next) {
                case ".quit", ".exit" -> {
                    return;
                }
                case ".help" -> System.out.println(HELP);
                case ".tables" -> run("SHOW TABLES");
                default -> run(next);
            }
        }
    }

    private void run(String statement) throws IOException {
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
     * Ends the statement that runs, if one does: nothing else runs in this application, and broadcasts leave the job
     * group.
     */
    void cancel() {
        session.sparkContext().cancelAllJobs();
    }

    @Override
    public void close() {
        runner.shutdownNow();
    }
}
