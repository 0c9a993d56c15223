package io.zipmap.memory;

import java.io.Serializable;
import org.apache.spark.scheduler.SparkListenerEvent;

/** A process's peak so far, on Spark's listener bus, and so in the event log too. Immutable. */
public final class MemoryEvent implements SparkListenerEvent, Serializable {
    private static final long serialVersionUID = 1L;

    private final String process;
    private final MemoryPeak peak;

    MemoryEvent(String process, MemoryPeak peak) {
        this.process = process;
        this.peak = peak;
    }

    /** {@code driver}, or the executor's id and host. */
    public String getProcess() {
        return process;
    }

    public long getAnonymous() {
        return peak.anonymous();
    }

    public long getHeap() {
        return peak.heap();
    }

    MemoryPeak peak() {
        return peak;
    }
}
