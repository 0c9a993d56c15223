package io.zipmap.it;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that runs in a thread of its own, so that the test can interfere with it. */
final class AsyncCall<T> {
    private static final long LIMIT_MINUTES = 4;

    private final FutureTask<T> task;

    private AsyncCall(Callable<T> call) {
        task = new FutureTask<>(call);
    }

    static <T> AsyncCall<T> call(Callable<T> call) {
        AsyncCall<T> later = new AsyncCall<>(call);
        Thread thread = new Thread(later.task, "later");
        thread.setDaemon(true);
        thread.start();
        return later;
    }

    T get() throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(LIMIT_MINUTES, TimeUnit.MINUTES);
    }
}
