package io.zipmap.memory;

import io.zipmap.mapped.MappedArray;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what this JVM tells of its own memory. Not thread-safe. */
final class JvmProbe {
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final List<BufferPoolMXBean> buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());
    private long collections;
    private long heapAfterCollection = MemorySample.ABSENT;

    /** Sets the metrics of the JVM. */
    void read(long[] values) {
        MemoryUsage heap = memory.getHeapMemoryUsage();
        values[MemoryMetric.HEAP_USED.ordinal()] = heap.getUsed();
        values[MemoryMetric.HEAP_COMMITTED.ordinal()] = heap.getCommitted();
        values[MemoryMetric.HEAP_AFTER_COLLECTION.ordinal()] = heapAfterCollection();
        values[MemoryMetric.ARRAY_MAPS.ordinal()] = MappedArray.mappedBytesOfProcess();
        for (BufferPoolMXBean pool : buffers) {
            switch (pool.getName()) {
                case "direct" -> values[MemoryMetric.DIRECT_BUFFERS.ordinal()] = pool.getMemoryUsed();
                case "mapped" -> values[MemoryMetric.MAPPED_BUFFERS.ordinal()] = pool.getMemoryUsed();
                default -> {}
            }
        }
    }

    /**
     * The heap that the last collection left. Asks for it only after a new collection, because the answer is large. The
     * pools themselves do not tell it: that of G1's old generation is renewed by some collections only.
     */
    private long heapAfterCollection() {
        long count = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            count += Math.max(collector.getCollectionCount(), 0);
        }
        if (count != collections) {
            collections = count;
            heapAfterCollection = heapAfterLast();
        }
        return heapAfterCollection;
    }

    private long heapAfterLast() {
        long last = -1;
        long used = MemorySample.ABSENT;
        for (GarbageCollectorMXBean collector : collectors) {
            if (collector instanceof com.sun.management.GarbageCollectorMXBean telling) {
                com.sun.management.GcInfo info = telling.getLastGcInfo();
                if (info != null && info.getEndTime() > last) {
                    last = info.getEndTime();
                    used = info.getMemoryUsageAfterGc().entrySet().stream()
                            .filter(pool -> heapPools.contains(pool.getKey()))
                            .mapToLong(pool -> pool.getValue().getUsed())
                            .sum();
                }
            }
        }
        return used;
    }
}
