package io.zipmap.memory;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the newest sample of this process as gauges in Spark's metrics, and the sums over its children. A gauge
 * exists from the first value on, so that there is none of what the platform does not tell. One thread writes.
 */
final class MemoryGauges implements MemorySampler.Receiver {
    private static final String CHILDREN = "children";

    private final MetricRegistry registry;
    private final Set<MemoryMetric> registered = EnumSet.noneOf(MemoryMetric.class);
    private volatile @Nullable MemorySample newest;
    private volatile long children;
    private volatile long childrenAnonymous;
    private boolean childrenRegistered;
    private long count;
    private long anonymous;

    /** Registers the first gauge at once: Spark ignores a plugin that has none when its {@code init} returns. */
    MemoryGauges(MetricRegistry registry) {
        this.registry = registry;
        register(MemoryMetric.HEAP_USED);
    }

    private void register(MemoryMetric metric) {
        registered.add(metric);
        registry.register(metric.label(), (Gauge<Long>) () -> value(metric));
    }

    private long value(MemoryMetric metric) {
        MemorySample sample = newest;
        return sample == null
                ? Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()
                : sample.get(metric);
    }

    @Override
    public void accept(MemoryProcess process, MemorySample sample) {
        if (process.isChild()) {
            count++;
            anonymous += Math.max(sample.get(MemoryMetric.RSS_ANON), 0);
            return;
        }
        MemorySample former = newest;
        MemorySample known = former == null ? sample : sample.over(former);
        newest = known;
        for (MemoryMetric metric : MemoryMetric.values()) {
            if (known.get(metric) != MemorySample.ABSENT && !registered.contains(metric)) {
                register(metric);
            }
        }
    }

    @Override
    public void endOfRound(long nanos) {
        children = count;
        childrenAnonymous = anonymous;
        if (count > 0 && !childrenRegistered) {
            childrenRegistered = true;
            registry.register(CHILDREN, (Gauge<Long>) () -> children);
            registry.register(CHILDREN + "RssAnon", (Gauge<Long>) () -> childrenAnonymous);
        }
        count = 0;
        anonymous = 0;
    }
}
