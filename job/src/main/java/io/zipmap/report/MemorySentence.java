package io.zipmap.report;

import io.zipmap.memory.MemoryMetric;
import io.zipmap.memory.MemorySample;
import io.zipmap.memory.MemoryTimeline;
import io.zipmap.memory.ProcessTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/** Says in one sentence what the memory of a run was while it worked on its arrays. */
final class MemorySentence {
    /** A process whose memory differs by no more than this is called steady. */
    private static final long STEADY_BYTES = 32 << 20;

    private MemorySentence() {}

    /**
     * The sentence about the driver and the executors. The processes that they started are not in it.
     *
     * @param from begin of the work, in milliseconds since 1970
     * @param to its end
     * @param during what happened meanwhile, as of {@link #whileMapped}
     */
    static String of(MemoryTimeline memory, long from, long to, String during) {
        List<ProcessTimeline> driver = memory.processes().stream()
                .filter(one -> one.process().isDriver())
                .toList();
        List<ProcessTimeline> executors = memory.processes().stream()
                .filter(one -> !one.process().isChild() && !one.process().isDriver())
                .toList();
        List<String> parts = new ArrayList<>();
        range(driver, MemoryMetric.RSS_ANON, from, to).ifPresent(range -> parts.add("the driver" + range));
        range(executors, MemoryMetric.RSS_ANON, from, to)
                .ifPresent(range -> parts.add(executors(executors.size()) + range));
        if (!parts.isEmpty()) {
            return "Anonymous memory of " + String.join(", and that of ", parts) + (parts.size() > 1 ? ", " : " ")
                    + during + ".";
        }
        return range(memory.processes(), MemoryMetric.HEAP_USED, from, to)
                .map(heap -> "Used heap" + heap + " " + during + ". This system does not tell anonymous memory.")
                .orElse("The memory of this run was not measured.");
    }

    /** The end of the sentence about a run that has mapped so many bytes of arrays. */
    static String whileMapped(long arrayBytes) {
        return "while " + ByteText.of(arrayBytes) + " of arrays were mapped";
    }

    private static String executors(int count) {
        return count == 1 ? "the executor" : "each of " + count + " executors";
    }

    /** The least and the most of a metric over some processes; empty if none tells it. */
    private static Optional<String> range(List<ProcessTimeline> processes, MemoryMetric metric, long from, long to) {
        LongSummaryStatistics all = new LongSummaryStatistics();
        boolean steady = true;
        for (ProcessTimeline process : processes) {
            LongSummaryStatistics values = values(process, metric, from, to);
            all.combine(values);
            steady &= values.getMax() - values.getMin() <= STEADY_BYTES;
        }
        if (all.getCount() == 0) {
            return Optional.empty();
        }
        String least = ByteText.whole(all.getMin());
        String most = ByteText.whole(all.getMax());
        String verb = steady ? " stayed " : " was ";
        return Optional.of(least.equals(most) ? verb + "at " + most : verb + "between " + least + " and " + most);
    }

    /** The values between two times, or the last one before if there is none. */
    private static LongSummaryStatistics values(ProcessTimeline process, MemoryMetric metric, long from, long to) {
        LongSummaryStatistics values = new LongSummaryStatistics();
        LongSummaryStatistics before = new LongSummaryStatistics();
        for (MemorySample point : process.points()) {
            if (point.value(metric).isPresent() && point.millis() <= to) {
                if (point.millis() >= from) {
                    values.accept(point.value(metric).getAsLong());
                } else {
                    before = new LongSummaryStatistics();
                    before.accept(point.value(metric).getAsLong());
                }
            }
        }
        return values.getCount() > 0 ? values : before;
    }
}
