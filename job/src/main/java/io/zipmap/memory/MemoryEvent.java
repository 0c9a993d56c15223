package io.zipmap.memory;

import java.io.Serializable;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.jspecify.annotations.Nullable;

/**
 * The peak memory of a process so far. It is posted on Spark's listener bus and written to the event log. Immutable.
 */
public final class MemoryEvent implements SparkListenerEvent, Serializable {
    private static final long serialVersionUID = 1L;

    private final String process;
    private final MemorySample peak;

    MemoryEvent(String process, MemorySample peak) {
        this.process = process;
        this.peak = peak;
    }

    /** The {@link MemoryProcess#name name} of the process. */
    public String getProcess() {
        return process;
    }

    /** Peak of the anonymous memory, in bytes; null if the platform does not tell it. */
    public @Nullable Long getAnonymous() {
        long anonymous = peak.get(MemoryMetric.RSS_ANON);
        return anonymous == MemorySample.ABSENT ? null : anonymous;
    }

    /** Peak of the used heap, in bytes; null for a process that is no JVM. */
    public @Nullable Long getHeap() {
        long heap = peak.get(MemoryMetric.HEAP_USED);
        return heap == MemorySample.ABSENT ? null : heap;
    }
}
