package io.zipmap.memory;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * Collects the peaks of all processes on the driver, from the {@link MemoryEvent}s of the application. Lives as long as
 * the application. Thread-safe.
 */
public final class MemoryListener extends SparkListener {
    private final Map<String, MemoryPeak> peaks = new TreeMap<>();

    @Override
    public synchronized void onOtherEvent(SparkListenerEvent event) {
        if (event instanceof MemoryEvent) {
            MemoryEvent memory = (MemoryEvent) event;
            peaks.merge(memory.getProcess(), memory.peak(), MemoryPeak::max);
        }
    }

    /** The peaks by process, sorted by process name; empty in an application without {@link MemoryPlugin}. */
    public static Map<String, MemoryPeak> peaks(SparkContext spark) {
        return spark.listenerBus().listeners().stream()
                .filter(MemoryListener.class::isInstance)
                .map(listener -> ((MemoryListener) listener).peaks())
                .findFirst()
                .orElse(Map.of());
    }

    synchronized Map<String, MemoryPeak> peaks() {
        return new TreeMap<>(peaks);
    }
}
