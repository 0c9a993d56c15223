package io.zipmap.memory;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;

/** Keeps the peak of every process that told one. Registered on the driver by whoever prints the summary. */
public final class MemoryListener extends SparkListener {
    private final Map<String, MemoryPeak> peaks = new TreeMap<>();

    @Override
    public synchronized void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof MemoryEvent) {
            MemoryEvent memory = (MemoryEvent) event;
            peaks.merge(memory.getProcess(), memory.peak(), MemoryPeak::max);
        }
    }

    /** Peaks by process, in the order of their names. */
    public synchronized Map<String, MemoryPeak> peaks() {
        return new TreeMap<>(peaks);
    }
}
