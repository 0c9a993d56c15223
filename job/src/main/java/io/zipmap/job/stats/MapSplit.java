package io.zipmap.job.stats;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What one map task reads of persisted records: whole partitions that lie on one host, or of a partition with much to
 * read those slices that begin in the n-th share of its bytes. Immutable.
 */
final class MapSplit implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of a big partition, so that a slow core can be balanced by the others. */
    private static final int TASKS_PER_CORE = 4;

    /** Of small partitions: they are read faster than the driver hands many tasks out. */
    private static final int SMALL_TASKS_PER_CORE = 2;

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

    /** Some whole partitions. */
    static MapSplit of(int... partitions) {
        return new MapSplit(partitions.clone(), 0, 1, Long.MAX_VALUE);
    }

    /** All of one partition, in this many pieces. */
    static List<MapSplit> cut(int partition, long bytes, int shares) {
        long shareBytes = Math.max(1, (bytes + shares - 1) / shares);
        return IntStream.range(0, shares)
                .mapToObj(share -> new MapSplit(new int[] {partition}, share, shares, shareBytes))
                .toList();
    }

    /**
     * Cuts partitions that have far more to read than a task's share of all, and brings together those that have less,
     * up to two slices.
     *
     * @param bytes of the arrays in each partition of records
     * @param hosts where these lie
     */
    static List<MapSplit> of(long[] bytes, List<String> hosts, int sliceBytes, int cores) {
        long total = LongStream.of(bytes).sum();
        long most = Math.max(sliceBytes, total / ((long) cores * TASKS_PER_CORE));
        long together = Math.min(2L * sliceBytes, total / ((long) cores * SMALL_TASKS_PER_CORE));
        List<MapSplit> pieces = new ArrayList<>();
        Map<String, Group> groups = new LinkedHashMap<>();
        for (int partition = 0; partition < bytes.length; partition++) {
            long more = bytes[partition];
            if (more > most) {
                pieces.addAll(cut(partition, more, Math.toIntExact((more + most - 1) / most)));
                continue;
            }
            Group group = groups.computeIfAbsent(hosts.get(partition), host -> new Group());
            if (group.bytes + more / 2 > together && group.bytes > 0) {
                pieces.add(group.piece());
                group = new Group();
                groups.put(hosts.get(partition), group);
            }
            group.add(partition, more);
        }
        groups.values().forEach(group -> pieces.add(group.piece()));
        return pieces;
    }

    /** Of the RDD of records. */
    int[] partitions() {
        return partitions.clone();
    }

    /** @param position in its partition of the first byte of a slice */
    boolean holds(long position) {
        return Math.min(shares - 1, position / shareBytes) == share;
    }

    /** Small partitions of one host, while they come together. */
    private static final class Group {
        private final IntStream.Builder partitions = IntStream.builder();
        private long bytes;

        void add(int partition, long more) {
            partitions.add(partition);
            bytes += more;
        }

        MapSplit piece() {
            return of(partitions.build().toArray());
        }
    }
}
