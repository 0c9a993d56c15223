package io.zipmap.job.output;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the writes of a publication at the same time, each in a thread of the driver. */
final class ConcurrentWrites {
    private ConcurrentWrites() {}

    /**
     * Returns when all writes have ended, or earlier when this thread is interrupted. The exception of the first write
     * that failed comes out undeclared, as Spark threw it.
     */
    static void run(List<Runnable> writes) throws InterruptedIOException {
        // New threads, which inherit the job group and the call site of this one.
        ExecutorService threads = Executors.newFixedThreadPool(writes.size(), task -> {
            Thread thread = new Thread(task, "zipmap-publish");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> results = new ArrayList<>();
            for (Runnable write : writes) {
                results.add(threads.submit(write));
            }
            await(results);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(List<Future<?>> results) throws InterruptedIOException {
        Throwable failure = null;
        for (Future<?> result : results) {
            try {
                result.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while the tables were written");
            }
        }
        if (failure != null) {
            throw ConcurrentWrites.<RuntimeException>undeclared(failure);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable e) throws E {
        throw (E) e;
    }
}
