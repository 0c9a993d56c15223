package io.zipmap.job;

import io.zipmap.IoSupplier;
import io.zipmap.plan.Progress;
import io.zipmap.plan.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;

/** Measures the stages of one run, and gives their names to Spark's UI and to the progress. Not thread-safe. */
final class StageTimer {
    private final JavaSparkContext spark;
    private final Progress progress;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<StageTime> times = new ArrayList<>();

    StageTimer(JavaSparkContext spark, Progress progress) {
        this.spark = spark;
        this.progress = progress;
    }

    <R> R time(String stage, IoSupplier<R> work) throws IOException {
        return time(stage, Work.UNKNOWN, work);
    }

    /** @param total the work of the stage, as far as it is known */
    <R> R time(String stage, Work total, IoSupplier<R> work) throws IOException {
        spark.setCallSite(stage);
        int index = times.size();
        times.add(new StageTime(stage, System.currentTimeMillis(), OptionalLong.empty()));
        progress.begin(stage, total);
        long start = System.nanoTime();
        try {
            R result = work.get();
            times.set(index, times.get(index).ended(System.currentTimeMillis()));
            return result;
        } finally {
            seconds.put(stage, (System.nanoTime() - start) / 1e9);
            progress.end();
            spark.clearCallSite();
        }
    }

    /** Wall-clock seconds by stage, in the order in which the stages ran. */
    Map<String, Double> seconds() {
        return Collections.unmodifiableMap(seconds);
    }

    /** The stages so far, in the order in which they began. */
    List<StageTime> times() {
        return List.copyOf(times);
    }
}
