package io.zipmap.job.output;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the writes of a publication at the same time, each in a thread of the driver. */
final class ConcurrentWrites {
    private ConcurrentWrites() {}

    /**
     * Returns when all writes have ended, because the caller then deletes or moves what they wrote. If this thread is
     * interrupted, the writes are interrupted too. The exception of the first write that failed comes out undeclared,
     * as Spark threw it.
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
            awaitEnd(threads);
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
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
