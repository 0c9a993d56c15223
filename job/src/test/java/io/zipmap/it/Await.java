package io.zipmap.it;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what other processes do, for as long as they may take on a busy machine. */
final class Await {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long NAP_MILLIS = 20;

    private Await() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(String what, Condition condition) throws Exception {
        until(() -> what, condition);
    }

    /** @param what is waited for, said when it does not come */
    static void until(Supplier<String> what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + what.get());
            }
            Thread.sleep(NAP_MILLIS);
        }
    }
}
