package io.zipmap.job;

import io.zipmap.IoSupplier;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** Measures the stages of one run, and shows their names in Spark's UI and progress bar. Not thread-safe. */
final class StageTimer {
    private final JavaSparkContext spark;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    StageTimer(JavaSparkContext spark) {
        this.spark = spark;
    }

    <R> R time(String stage, IoSupplier<R> work) throws IOException {
        spark.setCallSite(stage);
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            seconds.put(stage, (System.nanoTime() - start) / 1e9);
            spark.clearCallSite();
        }
    }

    /** Wall-clock seconds by stage, in the order in which the stages ran. */
    Map<String, Double> seconds() {
        return Collections.unmodifiableMap(seconds);
    }
}
