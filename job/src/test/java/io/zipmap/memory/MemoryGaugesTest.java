package io.zipmap.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

class MemoryGaugesTest {
    private final MetricRegistry registry = new MetricRegistry();
    private final MemoryGauges gauges = new MemoryGauges(registry);
    private final MemoryProcess process = MemoryProcess.ofThisJvm("1", "a");

    private static MemorySample sample(MemoryMetric metric, long value) {
        long[] values = MemorySample.absentValues();
        values[metric.ordinal()] = value;
        return MemorySample.of(0, values);
    }

    private Object value(String gauge) {
        return registry.getGauges().get(gauge).getValue();
    }

    @Test
    void aGaugeExistsFromItsFirstValueOn() {
        assertThat(registry.getNames()).containsExactly("heapUsed");
        assertThat((Long) value("heapUsed")).isPositive();
        gauges.accept(process, sample(MemoryMetric.PSS, 7));
        gauges.accept(process, sample(MemoryMetric.RSS_ANON, 8));
        assertThat(registry.getNames()).containsExactly("heapUsed", "pss", "rssAnon");
        assertThat(value("pss")).as("its last value").isEqualTo(7L);
        assertThat(value("rssAnon")).isEqualTo(8L);
    }

    @Test
    void childrenAreAddedUp() {
        gauges.accept(process, sample(MemoryMetric.RSS_ANON, 8));
        gauges.endOfRound(0);
        assertThat(registry.getNames()).doesNotContain("children");
        gauges.accept(process.child(5, "python3"), sample(MemoryMetric.RSS_ANON, 1));
        gauges.accept(process.child(6, "python3"), sample(MemoryMetric.RSS_ANON, 2));
        gauges.endOfRound(0);
        assertThat(value("children")).isEqualTo(2L);
        assertThat(value("childrenRssAnon")).isEqualTo(3L);
        assertThat(value("rssAnon")).isEqualTo(8L);
        gauges.endOfRound(0);
        assertThat(value("children")).isEqualTo(0L);
    }
}
