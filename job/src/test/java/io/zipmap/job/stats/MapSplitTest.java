package io.zipmap.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MapSplitTest {
    private final Random random = new Random(42);

    private static List<List<Integer>> splits(long[] bytes, String hosts, int sliceBytes, int cores) {
        List<String> host = hosts.chars().mapToObj(Character::toString).toList();
        return MapSplit.plan(bytes, host, sliceBytes, cores).stream()
                .map(split -> Arrays.stream(split.partitions()).boxed().toList())
                .toList();
    }

    @Test
    void bigPartitionsAreCutAndOthersAreNot() {
        assertThat(splits(new long[] {30, 30, 30}, "aaa", 100, 4)).containsExactly(List.of(0), List.of(1), List.of(2));
        assertThat(splits(new long[] {1_000, 10}, "aa", 10, 1))
                .containsExactly(List.of(0), List.of(0), List.of(0), List.of(0), List.of(1));
        assertThat(splits(new long[] {1_000}, "a", 10, 2)).hasSize(8);
        assertThat(splits(new long[] {1L << 50, 1}, "aa", 1 << 30, 1_000)).hasSize(4_002);
        assertThat(splits(new long[0], "", 10, 2)).isEmpty();
    }

    @Test
    void smallPartitionsOfOneHostAreReadByFewTasks() {
        assertThat(splits(new long[] {32, 32, 32, 32, 32, 32, 32, 32, 32}, "aaaaaaaaa", 64, 1))
                .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8));
        assertThat(splits(new long[] {32, 32, 32, 32, 32, 32, 32, 32, 32}, "aaaaaaaaa", 32, 1))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4, 5), List.of(6, 7), List.of(8));
        assertThat(splits(new long[] {0, 0, 0}, "aba", 64, 8)).containsExactly(List.of(0, 2), List.of(1));
        assertThat(splits(new long[] {10, 10, 10, 10, 400}, "ababa", 64, 1)).hasSize(2 + 4);
    }

    @Test
    void lastSplitsAreShortSoThatNoCoreIsIdleForLong() {
        for (int cores = 2; cores <= 8; cores++) {
            for (int partitions = 2 * cores; partitions < 40; partitions++) {
                long[] bytes = new long[partitions];
                Arrays.fill(bytes, 256);
                long[] busyUntil = new long[cores];
                for (long task : bytesOf(MapSplit.plan(bytes, Collections.nCopies(partitions, "a"), 8, cores), 256)) {
                    Arrays.sort(busyUntil);
                    busyUntil[0] += task;
                }
                long idle = Arrays.stream(busyUntil).max().orElseThrow()
                        - Arrays.stream(busyUntil).min().orElseThrow();
                assertThat(idle)
                        .as("%s partitions, %s cores", partitions, cores)
                        .isLessThanOrEqualTo(256L * partitions / cores / 8);
            }
        }
    }

    /** The bytes of each split of partitions of equal size, counted as {@link SlicedRecords} does, byte by byte. */
    private static List<Long> bytesOf(List<MapSplit> splits, long partitionBytes) {
        return splits.stream()
                .map(split -> LongStream.range(0, partitionBytes * split.partitions().length)
                        .filter(split::holds)
                        .count())
                .toList();
    }

    @Test
    void splitsReadEveryPartitionOnceAndOneHostEach() {
        for (int i = 0; i < 1_000; i++) {
            long[] bytes = random.longs(1 + random.nextInt(30), 0, 1L << random.nextInt(1, 40))
                    .toArray();
            List<String> hosts = Arrays.stream(bytes)
                    .mapToObj(any -> "host" + random.nextInt(3))
                    .toList();
            int sliceBytes = 16 << random.nextInt(20);
            int cores = 1 + random.nextInt(64);
            int[] reads = new int[bytes.length];
            for (MapSplit split : MapSplit.plan(bytes, hosts, sliceBytes, cores)) {
                assertThat(Arrays.stream(split.partitions())
                                .mapToObj(hosts::get)
                                .distinct())
                        .hasSize(1);
                Arrays.stream(split.partitions()).forEach(partition -> reads[partition]++);
            }
            for (int part = 0; part < reads.length; part++) {
                assertThat((long) reads[part]).isBetween(1L, bytes[part] / sliceBytes + 1);
            }
            assertThat(Arrays.stream(reads).sum()).isLessThanOrEqualTo(8 * cores + bytes.length);
        }
    }
}
