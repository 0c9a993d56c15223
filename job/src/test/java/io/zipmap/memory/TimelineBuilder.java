package io.zipmap.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Builds a timeline of a driver on host {@code a}, its executors and their stages, as the plugin records it. */
public final class TimelineBuilder {
    private static final MemoryProcess DRIVER = MemoryProcess.ofThisJvm(MemoryProcess.DRIVER, "a");

    private final MemoryListener listener = new MemoryListener(() -> {});
    private final List<StageSpan> stages = new ArrayList<>();

    /** Adds a sample of the driver, which has RssAnon alone. */
    public TimelineBuilder driver(long millis, long anonymous) {
        return add(DRIVER, millis, anonymous);
    }

    public TimelineBuilder executor(String id, long millis, long anonymous) {
        return add(MemoryProcess.ofThisJvm(id, "b"), millis, anonymous);
    }

    /** Adds a sample of a process that the driver started. */
    public TimelineBuilder child(long pid, long millis, long anonymous) {
        return add(DRIVER.child(pid, "python3"), millis, anonymous);
    }

    private TimelineBuilder add(MemoryProcess process, long millis, long anonymous) {
        listener.add(process, ProcessRecorderTest.sample(millis, anonymous));
        return this;
    }

    public TimelineBuilder stage(String name, long start, long end) {
        stages.add(new StageSpan(stages.size(), 0, name, start, OptionalLong.of(end)));
        return this;
    }

    public MemoryTimeline build() {
        return new MemoryTimeline(listener.timeline().processes(), stages);
    }
}
