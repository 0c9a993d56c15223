package io.zipmap.memory;

import java.io.Serializable;
import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * The peak memory of a process so far. It is posted on Spark's listener bus and written to the event log. Immutable.
 */
public final class MemoryEvent implements SparkListenerEvent, Serializable {
    private static final long serialVersionUID = 1L;

    private final String process;
    private final MemoryPeak peak;

    MemoryEvent(String process, MemoryPeak peak) {
        this.process = process;
        this.peak = peak;
    }

    /** The name of the process: {@code driver}, or the executor's id and host. */
    public String getProcess() {
        return process;
    }

    /** Peak of the anonymous memory, in bytes. */
    public long getAnonymous() {
        return peak.anonymous();
    }

    /** Peak of the used heap, in bytes. */
    public long getHeap() {
        return peak.heap();
    }

    MemoryPeak peak() {
        return peak;
    }
}
