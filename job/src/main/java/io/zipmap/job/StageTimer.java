package io.zipmap.job;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** Measures the stages of one run, and gives their names to Spark's own stages in its UI and in the progress. */
final class StageTimer {
    /** A stage's work. */
    interface Stage<R> {
        R run() throws IOException;
    }

    private final JavaSparkContext spark;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    StageTimer(JavaSparkContext spark) {
        this.spark = spark;
    }

    <R> R time(String stage, Stage<R> work) throws IOException {
        spark.setCallSite(stage);
        long start = System.nanoTime();
        try {
            return work.run();
        } finally {
            seconds.put(stage, (System.nanoTime() - start) / 1e9);
            spark.clearCallSite();
        }
    }

    Map<String, Double> seconds() {
        return Collections.unmodifiableMap(seconds);
    }
}
