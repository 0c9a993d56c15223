package io.zipmap.memory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;

/** The memory of all processes of an application over time, lost executors too, and its stages. Immutable. */
public final class MemoryTimeline {
    static final MemoryTimeline EMPTY = new MemoryTimeline(List.of(), List.of());

    private final List<ProcessTimeline> processes;
    private final List<StageSpan> stages;

    MemoryTimeline(List<ProcessTimeline> processes, List<StageSpan> stages) {
        this.processes = List.copyOf(processes);
        this.stages = List.copyOf(stages);
    }

    /** What has been measured so far. Empty in an application without {@link MemoryPlugin}. */
    public static MemoryTimeline of(SparkContext spark) {
        return MemoryListener.of(spark).map(MemoryListener::timeline).orElse(EMPTY);
    }

    /** The driver, the executors and their children, in the order in which they were first measured. */
    public List<ProcessTimeline> processes() {
        return processes;
    }

    /** The same of the driver and the executors, without the processes that they started. */
    public MemoryTimeline withoutChildren() {
        return new MemoryTimeline(
                processes.stream().filter(one -> !one.process().isChild()).toList(), stages);
    }

    /** In the order in which they began. */
    public List<StageSpan> stages() {
        return stages;
    }

    /** The maximum of each metric of each process, by the names of the processes, sorted. */
    public Map<String, MemorySample> peaks() {
        Map<String, MemorySample> peaks = new TreeMap<>();
        for (ProcessTimeline one : processes) {
            one.peak().ifPresent(peak -> peaks.put(one.process().name(), peak));
        }
        return peaks;
    }
}
