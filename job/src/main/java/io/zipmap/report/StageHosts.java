package io.zipmap.report;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Records on which hosts the tasks of each stage ran, and for how long. Lives as long as the application. Thread-safe.
 */
final class StageHosts extends SparkListener {
    private static final int MOST_STAGES = 1000;
    private static final double MILLIS = 1000;

    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Map<String, Span>> spans = new HashMap<>();

    /** From the first start to the last end of the tasks, in milliseconds since 1970. */
    private record Span(long start, long end) {
        Span and(Span other) {
            return new Span(Math.min(start, other.start), Math.max(end, other.end));
        }
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        if (names.size() < MOST_STAGES) {
            names.put(event.stageInfo().stageId(), event.stageInfo().name());
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        String stage = names.get(event.stageId());
        if (stage != null && event.taskInfo().successful()) {
            Span span = new Span(event.taskInfo().launchTime(), event.taskInfo().finishTime());
            spans.computeIfAbsent(stage, name -> new TreeMap<>())
                    .merge(event.taskInfo().host(), span, Span::and);
        }
    }

    /** Seconds from the first start to the last end of the tasks of a stage, by host. */
    synchronized Map<String, Double> seconds(String stage) {
        Map<String, Double> seconds = new TreeMap<>();
        spans.getOrDefault(stage, Map.of())
                .forEach((host, span) -> seconds.put(host, (span.end() - span.start()) / MILLIS));
        return seconds;
    }
}
