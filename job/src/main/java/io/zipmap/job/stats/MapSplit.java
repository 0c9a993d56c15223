package io.zipmap.job.stats;

import io.zipmap.plan.TaskPacking;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The part of the persisted records that one map task reads: several small partitions of one host, or one share of a
 * big partition. The n-th share holds the slices that begin in the n-th of equal ranges of the partition's bytes.
 * Immutable.
 */
final class MapSplit implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Small partitions are read together up to this size. */
    private static final long SMALL_SPLIT_SLICES = 2;

    /** Of the shortest tasks, as many would read all bytes. More would take longer to start than they save. */
    private static final long LAST_TASKS_PER_CORE = 16;

    private final int[] partitions;
    private final int share;
    private final int shares;
    private final long shareBytes;

    private MapSplit(int[] partitions, int share, int shares, long shareBytes) {
        this.partitions = partitions;
        this.share = share;
        this.shares = shares;
        this.shareBytes = shareBytes;
    }

    /** One split of whole partitions. */
    static MapSplit ofPartitions(int... partitions) {
        return new MapSplit(partitions.clone(), 0, 1, Long.MAX_VALUE);
    }

    /** One partition, cut into {@code shares} splits. */
    static List<MapSplit> ofShares(int partition, long bytes, int shares) {
        long shareBytes = Math.max(1, (bytes + shares - 1) / shares);
        return IntStream.range(0, shares)
                .mapToObj(share -> new MapSplit(new int[] {partition}, share, shares, shareBytes))
                .toList();
    }

    /**
     * Cuts each partition that holds more than one task's part of all bytes, and joins small partitions of one host.
     * The part shrinks with the bytes that are left: when cores run out of tasks, those that still run are short.
     *
     * @param bytes of the arrays in each partition of records
     * @param hosts of the executor that extracted each partition
     */
    static List<MapSplit> plan(long[] bytes, List<String> hosts, int sliceBytes, int cores) {
        long total = LongStream.of(bytes).sum();
        long joinedBytes =
                Math.min(SMALL_SPLIT_SLICES * sliceBytes, total / ((long) cores * TaskPacking.SHORT_TASKS_PER_CORE));
        List<MapSplit> splits = new ArrayList<>();
        Map<String, PartitionGroup> groups = new LinkedHashMap<>();
        long left = total;
        for (int partition = 0; partition < bytes.length; partition++) {
            long partitionBytes = bytes[partition];
            long maxBytes = Math.max(sliceBytes, partBytes(left, total, cores));
            left -= partitionBytes;
            if (partitionBytes > maxBytes) {
                int shares = Math.toIntExact((partitionBytes + maxBytes - 1) / maxBytes);
                splits.addAll(ofShares(partition, partitionBytes, shares));
                continue;
            }
            if (partitionBytes > joinedBytes) {
                // It would wait in a group, and start after the shorter ones.
                splits.add(ofPartitions(partition));
                continue;
            }
            PartitionGroup group = groups.computeIfAbsent(hosts.get(partition), host -> new PartitionGroup());
            if (group.bytes + partitionBytes / 2 > joinedBytes && group.bytes > 0) {
                splits.add(group.split());
                group = new PartitionGroup();
                groups.put(hosts.get(partition), group);
            }
            group.add(partition, partitionBytes);
        }
        groups.values().forEach(group -> splits.add(group.split()));
        return splits;
    }

    /** One task's part of all bytes when {@code left} of them are left: what is left for a core, within limits. */
    private static long partBytes(long left, long total, int cores) {
        long least = total / ((long) cores * LAST_TASKS_PER_CORE);
        long most = total / ((long) cores * TaskPacking.TASKS_PER_CORE);
        return Math.max(least, Math.min(most, left / cores));
    }

    /** Numbers of partitions in the RDD of records. */
    int[] partitions() {
        return partitions.clone();
    }

    /** @param position of a slice's first byte, counted over the slices of the partitions */
    boolean holds(long position) {
        return Math.min(shares - 1, position / shareBytes) == share;
    }

    /** Small partitions of one host that become one split. */
    private static final class PartitionGroup {
        private final IntStream.Builder partitions = IntStream.builder();
        private long bytes;

        void add(int partition, long partitionBytes) {
            partitions.add(partition);
            bytes += partitionBytes;
        }

        MapSplit split() {
            return ofPartitions(partitions.build().toArray());
        }
    }
}
