package io.zipmap.cli;

import io.zipmap.memory.MemoryMetric;
import io.zipmap.memory.MemorySample;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.memory.ProcessTimeline;
import io.zipmap.report.ByteText;
import java.util.List;
import java.util.OptionalLong;

/** Says in one sentence what the memory of the naive driver was. */
final class NaiveSentence {
    private NaiveSentence() {}

    /** @param arrayBytes bytes of the arrays that it collected */
    static String held(MemoryTimeline memory, long arrayBytes) {
        MemoryMetric metric = metric(memory);
        OptionalLong first = first(memory, metric);
        OptionalLong peak = peak(memory, metric);
        String held = "the driver held " + ByteText.of(arrayBytes)
                + " of arrays on its heap, and for some time their serialized form too.";
        return first.isEmpty() || peak.isEmpty()
                ? "Each array crossed to the driver: " + held
                : name(metric) + " of the driver grew from " + ByteText.whole(first.getAsLong()) + " to "
                        + ByteText.whole(peak.getAsLong()) + ": " + held;
    }

    /** @param maxHeap bytes that the heap of the driver may take */
    static String died(MemoryTimeline memory, long maxHeap) {
        MemoryMetric metric = metric(memory);
        OptionalLong peak = peak(memory, metric);
        String measured =
                peak.isEmpty() ? "" : " " + name(metric) + " was " + ByteText.whole(peak.getAsLong()) + " at most.";
        return "The driver died of memory before it held all arrays, with a heap of up to " + ByteText.whole(maxHeap)
                + "." + measured;
    }

    private static MemoryMetric metric(MemoryTimeline memory) {
        return peak(memory, MemoryMetric.RSS_ANON).isPresent() ? MemoryMetric.RSS_ANON : MemoryMetric.HEAP_USED;
    }

    private static String name(MemoryMetric metric) {
        return metric == MemoryMetric.RSS_ANON ? "Anonymous memory" : "Used heap";
    }

    private static OptionalLong first(MemoryTimeline memory, MemoryMetric metric) {
        List<MemorySample> points =
                driver(memory).stream().flatMap(one -> one.points().stream()).toList();
        return points.isEmpty() ? OptionalLong.empty() : points.get(0).value(metric);
    }

    private static OptionalLong peak(MemoryTimeline memory, MemoryMetric metric) {
        return driver(memory).stream()
                .flatMap(one -> one.peak().stream())
                .flatMapToLong(peak -> peak.value(metric).stream())
                .max();
    }

    /** The driver; none before its first sample. */
    private static List<ProcessTimeline> driver(MemoryTimeline memory) {
        return memory.processes().stream()
                .filter(one -> one.process().isDriver())
                .toList();
    }
}
