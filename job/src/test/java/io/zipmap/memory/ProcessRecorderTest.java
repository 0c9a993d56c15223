package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessRecorderTest {
    private static final MemoryProcess PROCESS = MemoryProcess.ofThisJvm("1", "a");
    private static final long MIB = 1 << 20;

    static MemorySample sample(long millis, long anonymous) {
        long[] values = MemorySample.absentValues();
        values[MemoryMetric.RSS_ANON.ordinal()] = anonymous;
        return MemorySample.of(millis, values);
    }

    @Test
    void aDayHasABoundedNumberOfPointsWhichKeepTheirMaxima() {
        ProcessRecorder recorder = new ProcessRecorder(PROCESS);
        int day = 24 * 3600;
        for (int second = 0; second < day; second++) {
            recorder.add(sample(1000L * second, second == 777 ? 5 * MIB : MIB));
        }
        ProcessTimeline timeline = recorder.timeline();
        List<MemorySample> points = timeline.points();
        assertThat(points).hasSizeBetween(ProcessRecorder.POINTS / 2, ProcessRecorder.POINTS);
        assertThat(points.get(0).millis()).isZero();
        assertThat(points.get(points.size() - 1).millis()).isGreaterThan(1000L * day * 99 / 100);
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).millis()).isGreaterThan(points.get(i - 1).millis());
        }
        assertThat(points.stream().filter(point -> point.get(MemoryMetric.RSS_ANON) == 5 * MIB))
                .singleElement()
                .satisfies(point -> assertThat(point.millis()).isBetween(777_000L - 512_000, 777_000L));
        assertThat(timeline.peak().orElseThrow().value(MemoryMetric.RSS_ANON)).hasValue(5 * MIB);
        assertThat(timeline.peak().orElseThrow().value(MemoryMetric.HEAP_USED)).isEmpty();
    }

    @Test
    void theFirstMinuteIsKeptAsItWasSampled() {
        ProcessRecorder recorder = new ProcessRecorder(PROCESS);
        for (int i = 0; i < 240; i++) {
            recorder.add(sample(250L * i, i));
        }
        assertThat(recorder.timeline().points())
                .extracting(point -> point.get(MemoryMetric.RSS_ANON))
                .hasSize(240)
                .endsWith(238L, 239L);
    }

    @Test
    void theLogGetsAPeakForEachMebibyte() {
        ProcessRecorder recorder = new ProcessRecorder(PROCESS);
        assertThat(recorder.add(sample(0, 10 * MIB))).isNotNull();
        assertThat(recorder.add(sample(250, 11 * MIB - 1))).isNull();
        assertThat(recorder.add(sample(500, 9 * MIB))).isNull();
        MemorySample peak = recorder.add(sample(750, 11 * MIB));
        assertThat(peak).isNotNull();
        MemoryEvent event = new MemoryEvent(PROCESS.name(), peak);
        assertThat(event.getProcess()).isEqualTo("executor 1 on a");
        assertThat(event.getAnonymous()).isEqualTo(11 * MIB);
        assertThat(event.getHeap()).isNull();
    }
}
