package io.zipmap.cli;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements and dot commands of a prompt or a script, one at a time, in a thread of its own that Ctrl-C can
 * interrupt. A statement waits until Spark has started.
 */
final class StatementRunner implements AutoCloseable {
    private static final String HELP = String.join(
            System.lineSeparator(),
            "A statement of Spark SQL ends with a semicolon and may take many lines.",
            "elements  a row for each row of the arrays, which have the same dtype and row shape",
            "members   a column for each array of an archive, a row for each index along their first axis",
            "arrays    a row for each array",
            "Each is made when a query first names it. The columns _archive, _entry and _row are hidden: SELECT *",
            "leaves them out.",
            "A former run also has the tables column_stats, array_stats, total_stats and failures. Its arrays is the",
            "table that the run wrote; live_arrays has the arrays as they are.",
            ".help      shows this text",
            ".schema    shows the tables and their columns",
            ".tables    lists the tables",
            ".quit      ends the session, like exit; and Ctrl-D",
            "Tab        completes names of tables and columns",
            "Ctrl-C     clears the input, or interrupts the running statement");

    private final SqlStart start;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread runner = new Thread(task, "zipmap-statement");
        runner.setDaemon(true);
        return runner;
    });
    private @Nullable Thread active;
    private boolean interrupted;

    StatementRunner(SqlStart start) {
        this.start = start;
    }

    /** Whether a statement ends the session. */
    static boolean isExit(String statement) {
        return statement.equals(".quit") || statement.equals(".exit") || StatementSyntax.isExit(statement);
    }

    /**
     * Runs a statement, or a command that starts with a dot.
     *
     * @return false if it was interrupted
     * @throws ExecutionException with the error of the statement, or of the start, as its cause
     */
    boolean run(String statement) throws ExecutionException, IOException {
        if (statement.equals(".help")) {
            System.err.println(HELP);
            return true;
        }
        Future<?> running = thread.submit(() -> {
            begin();
            try {
                runNow(statement);
            } finally {
                finish();
            }
            return null;
        });
        try {
            running.get();
            return true;
        } catch (ExecutionException e) {
            if (wasInterrupted()) {
                return false;
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while a statement ran");
        }
    }

    private void runNow(String statement) throws IOException {
        SqlSession session = start.await();
        switch (statement) {
            case ".tables" -> session.showTables();
            case ".schema" -> System.err.println(session.describe());
            default -> {
                if (statement.startsWith(".")) {
                    throw new ZipmapException(Condition.SQL_FAILED, "Cannot run an unknown command: " + statement)
                            .expected(".help, .schema, .tables or .quit");
                }
                session.run(statement);
            }
        }
    }

    private synchronized void begin() {
        active = Thread.currentThread();
        interrupted = false;
    }

    /** Clears an interrupt that came too late, so that it does not hit the next statement. */
    private synchronized void finish() {
        active = null;
        Thread.interrupted();
    }

    private synchronized boolean wasInterrupted() {
        return interrupted;
    }

    /** Whether a statement runs, or waits for Spark. */
    synchronized boolean isRunning() {
        return active != null;
    }

    /** Interrupts the running statement, if any. */
    synchronized void interrupt() {
        if (active != null) {
            interrupted = true;
            active.interrupt();
            start.session().ifPresent(SqlSession::cancelJobs);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
