package io.zipmap.job;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures the stages of one run. */
final class StageClock {
    /** A stage's work. */
    interface Stage<R> {
        R run() throws IOException;
    }

    private final Map<String, Double> seconds = new LinkedHashMap<>();

    <R> R time(String stage, Stage<R> work) throws IOException {
        long start = System.nanoTime();
        R result = work.run();
        seconds.merge(stage, (System.nanoTime() - start) / 1e9, Double::sum);
        return result;
    }

    Map<String, Double> seconds() {
        return Collections.unmodifiableMap(seconds);
    }
}
