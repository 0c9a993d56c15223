package io.zipmap.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The start of a {@link SqlSession} in a thread of its own: statements are read and parsed while Spark starts. Closing
 * closes the session. It does not wait for a start that goes on, because the process ends then.
 */
final class SqlStart implements AutoCloseable {
    private final Callable<SqlSession> open;
    private final Consumer<SqlSession> ready;
    private final Runnable failed;
    private final FutureTask<SqlSession> start = new FutureTask<>(this::start);
    private @Nullable SqlSession session;
    private volatile boolean hasFailed;
    private boolean closed;

    private SqlStart(Callable<SqlSession> open, Consumer<SqlSession> ready, Runnable failed) {
        this.open = open;
        this.ready = ready;
        this.failed = failed;
    }

    /**
     * Begins the start.
     *
     * @param ready called with the session before anybody else gets it
     * @param failed called if the start has failed; {@link #await} then throws its error
     */
    static SqlStart begin(Callable<SqlSession> open, Consumer<SqlSession> ready, Runnable failed) {
        SqlStart start = new SqlStart(open, ready, failed);
        Thread thread = new Thread(start.start, "zipmap-start");
        thread.setDaemon(true);
        thread.start();
        return start;
    }

    private SqlSession start() throws Exception {
        boolean succeeded = false;
        try {
            SqlSession opened = open.call();
            ready.accept(opened);
            keep(opened);
            succeeded = true;
            return opened;
        } finally {
            if (!succeeded) {
                hasFailed = true;
                failed.run();
            }
        }
    }

    private synchronized void keep(SqlSession opened) throws IOException {
        session = opened;
        if (closed) {
            opened.close();
        }
    }

    /** Waits for the session. The exception of a start that failed comes out undeclared, as it was thrown. */
    SqlSession await() throws IOException {
        try {
            return start.get();
        } catch (ExecutionException e) {
            throw SqlStart.<RuntimeException>undeclared(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while Spark started");
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable e) throws E {
        throw (E) e;
    }

    /** The session if it has started. */
    synchronized Optional<SqlSession> session() {
        return Optional.ofNullable(session);
    }

    boolean hasFailed() {
        return hasFailed;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (session != null) {
            session.close();
        }
    }
}
