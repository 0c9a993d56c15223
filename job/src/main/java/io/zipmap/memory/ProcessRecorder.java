package io.zipmap.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the memory of one process over time in a bounded number of points. A point has the maximum of each metric over
 * its period. When all points are used, the period doubles, and pairs of points become one. Guarded by its owner.
 */
final class ProcessRecorder {
    static final int POINTS = 256;
    private static final long FIRST_PERIOD_MILLIS = 250;
    private static final long TOLD_GROWTH_BYTES = 1 << 20;
    private static final long MAX_SILENCE_NANOS = 15_000_000_000L;

    private final MemoryProcess process;
    private ArrayList<MemorySample> points = new ArrayList<>();
    private long period = FIRST_PERIOD_MILLIS;
    private @Nullable MemorySample peak;
    private @Nullable MemorySample told;
    private @Nullable String loss;
    private long anonymous = MemorySample.ABSENT;
    private long receivedNanos;

    ProcessRecorder(MemoryProcess process) {
        this.process = process;
    }

    /** Adds a sample. Returns the peak if RssAnon or heap have grown by a mebibyte over the last peak returned. */
    @Nullable
    MemorySample add(MemorySample sample) {
        anonymous = sample.get(MemoryMetric.RSS_ANON);
        receivedNanos = System.nanoTime();
        MemorySample former = peak;
        MemorySample newPeak = former == null ? sample : former.max(sample);
        peak = newPeak;
        append(sample);
        halve();
        MemorySample last = told;
        if (last != null
                && newPeak.get(MemoryMetric.RSS_ANON) - last.get(MemoryMetric.RSS_ANON) < TOLD_GROWTH_BYTES
                && newPeak.get(MemoryMetric.HEAP_USED) - last.get(MemoryMetric.HEAP_USED) < TOLD_GROWTH_BYTES) {
            return null;
        }
        told = newPeak;
        return newPeak;
    }

    private void halve() {
        if (points.size() > POINTS) {
            period *= 2;
            List<MemorySample> all = points;
            points = new ArrayList<>();
            all.forEach(this::append);
        }
    }

    private void append(MemorySample sample) {
        int last = points.size() - 1;
        if (last >= 0 && sample.millis() < points.get(last).millis() + period * 9 / 10) {
            points.set(last, points.get(last).max(sample));
        } else {
            points.add(sample);
        }
    }

    /** Time of the last point; 0 if there is none. */
    long lastMillis() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).millis();
    }

    /**
     * RssAnon of the last sample; {@link MemorySample#ABSENT} if the process is lost or has sent none for longer than
     * executors wait.
     */
    long anonymousNow(long nanos) {
        return loss == null && nanos - receivedNanos < MAX_SILENCE_NANOS ? anonymous : MemorySample.ABSENT;
    }

    MemoryProcess process() {
        return process;
    }

    /** Says that the process is lost, and why. */
    void lost(String reason) {
        loss = reason;
    }

    ProcessTimeline timeline() {
        return new ProcessTimeline(process, points, peak, loss);
    }
}
