package io.zipmap.memory;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The memory of one process over time, with its peak. Immutable. */
public final class ProcessTimeline {
    private final MemoryProcess process;
    private final List<MemorySample> points;
    private final Optional<MemorySample> peak;
    private final Optional<String> loss;

    ProcessTimeline(
            MemoryProcess process, List<MemorySample> points, @Nullable MemorySample peak, @Nullable String loss) {
        this.process = process;
        this.points = List.copyOf(points);
        this.peak = Optional.ofNullable(peak);
        this.loss = Optional.ofNullable(loss);
    }

    public MemoryProcess process() {
        return process;
    }

    /** Points in order of time, at most {@value ProcessRecorder#POINTS}: each the maximum over its period. */
    public List<MemorySample> points() {
        return points;
    }

    /** The maximum of each metric over all samples. */
    public Optional<MemorySample> peak() {
        return peak;
    }

    /** Why the executor was removed, if it was. */
    public Optional<String> loss() {
        return loss;
    }
}
