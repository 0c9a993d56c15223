package io.zipmap.memory;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * Keeps the peak of every process that told one. On the driver, from before the first sample until the application
 * ends.
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

    /** Peaks by process, in the order of their names; none in an application without the plugin. */
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
