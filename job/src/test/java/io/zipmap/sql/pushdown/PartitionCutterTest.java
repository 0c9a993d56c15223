package io.zipmap.sql.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.plan.TaskPacking;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.catalog.RowSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every selected row is in exactly one partition, whatever the sizes of slices and tasks. */
class PartitionCutterTest {
    private final Random random = new Random(11);

    private static RowSlice array(int n, long rows) throws IOException {
        ArchiveRef archive = new ArchiveRef("file:///data/archive-" + n / 2 + ".zip", 5, "v");
        ArrayLayout layout = new ArrayLayout(Dtype.parse(n % 3 == 0 ? ">f4" : "<f4"), Shape.of(rows, 2), Order.C);
        return RowSlice.whole(
                RowGroup.of(new FoundArray(archive, n, n % 7 == 0 ? null : "entry-ä-" + n, "stored", n, layout)));
    }

    private static ArrayPartition[] cut(
            List<RowSlice> arrays, long sliceBytes, long packBytes, int cores, List<String> hosts) throws IOException {
        long bytes = arrays.stream().mapToLong(RowSlice::bytes).sum();
        PartitionCutter cutter = new PartitionCutter(sliceBytes, packBytes, bytes, cores, hosts);
        for (RowSlice slice : arrays) {
            cutter.add(slice);
        }
        return cutter.partitions();
    }

    @Test
    void everyRowIsInOnePartition() throws IOException {
        for (int i = 0; i < 100; i++) {
            List<RowSlice> arrays = new ArrayList<>();
            for (int n = 0; n < random.nextInt(20); n++) {
                arrays.add(array(n, 1 + random.nextInt(1_000)));
            }
            long sliceBytes = 8L << random.nextInt(2, 14);
            Map<FoundArray, long[]> rows = new HashMap<>();
            for (ArrayPartition partition : cut(arrays, sliceBytes, 1 << random.nextInt(25), 2, List.of())) {
                assertThat(partition.preferredLocations()).isEmpty();
                for (RowSlice part : partition.slices().unpack()) {
                    assertThat(part.rows()).isBetween(1L, sliceBytes / 8);
                    long[] sums = rows.computeIfAbsent(part.group().array(0), array -> new long[2]);
                    sums[0] += part.rows();
                    sums[1] += (part.fromRow() + part.toRow() - 1) * part.rows() / 2;
                }
            }
            assertThat(rows).hasSize(arrays.size());
            for (RowSlice slice : arrays) {
                assertThat(rows.get(slice.group().array(0)))
                        .containsExactly(slice.rows(), slice.rows() * (slice.rows() - 1) / 2);
            }
        }
    }

    @Test
    void allSlicesOfAnArrayPreferOneHostAlsoAfterAnotherHostIsGone() throws IOException {
        List<RowSlice> arrays = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            arrays.add(array(n, 100));
        }
        Map<FoundArray, String> three = hosts(arrays, List.of("a", "b", "c"));
        assertThat(three.values().stream().distinct()).hasSize(3);
        Map<FoundArray, String> two = hosts(arrays, List.of("a", "c"));
        three.forEach((array, host) -> {
            if (!host.equals("b")) {
                assertThat(two.get(array)).isEqualTo(host);
            }
        });
    }

    private static Map<FoundArray, String> hosts(List<RowSlice> arrays, List<String> all) throws IOException {
        Map<FoundArray, String> hosts = new HashMap<>();
        for (ArrayPartition partition : cut(arrays, 80, 1 << 20, 2, all)) {
            for (RowSlice slice : partition.slices().unpack()) {
                String host = partition.preferredLocations()[0];
                assertThat(hosts.merge(slice.group().array(0), host, (one, other) -> one))
                        .isEqualTo(host);
            }
        }
        return hosts;
    }

    @Test
    void theFirstSlicesComeFirst() throws IOException {
        ArrayPartition[] partitions = cut(List.of(array(1, 30), array(2, 30)), 80, 1 << 20, 2, List.of());
        assertThat(Arrays.stream(partitions).map(PartitionCutterTest::first).map(RowSlice::fromRow))
                .containsExactly(0L, 0L, 10L, 10L, 20L, 20L);
    }

    @Test
    void wholeArraysOfOneSizeGiveTwoTasksPerCore() throws IOException {
        assertThat(wholeArrays(15, 64 << 20)).containsExactly(4, 4, 4, 3);
        assertThat(wholeArrays(15, Long.MAX_VALUE)).containsExactly(4, 4, 4, 3);
        assertThat(wholeArrays(3, 64 << 20)).containsExactly(1, 1, 1);
        // The bytes of a task are limited too.
        assertThat(wholeArrays(15, TaskPacking.weight(8_000) / 4)).containsExactly(2, 2, 2, 2, 2, 2, 2, 1);
    }

    /** The numbers of arrays of the tasks for two cores. */
    private static List<Integer> wholeArrays(int arrays, long packBytes) throws IOException {
        PartitionCutter cutter = PartitionCutter.ofWholeArrays(
                packBytes, TaskPacking.weight(8_000L * arrays, arrays), arrays, 2, List.of());
        for (int n = 0; n < arrays; n++) {
            cutter.add(array(n, 1_000));
        }
        List<Integer> counts = new ArrayList<>();
        for (ArrayPartition partition : cutter.partitions()) {
            counts.add(partition.slices().unpack().size());
        }
        return counts;
    }

    @Test
    void aggregatedSlicesGiveTwoTasksPerCoreButNoSmallTask() throws IOException {
        long mega = 1 << 20;
        assertThat(aggregated(15, 32 * mega)).containsExactly(4, 4, 4, 3);
        // 8 slices of 64 MB each: a task takes less than four.
        assertThat(aggregated(4, 512 * mega)).hasSize(11).allMatch(slices -> slices <= 3);
        assertThat(aggregated(3, 4 * mega)).containsExactly(3);
        assertThat(aggregated(0, mega)).isEmpty();
    }

    /** The numbers of slices of the tasks for two cores. */
    private static List<Integer> aggregated(int arrays, long bytes) throws IOException {
        PartitionCutter cutter = PartitionCutter.ofAggregates(
                64 << 20, 64 << 20, new SelectionSize(arrays, arrays * bytes / 8, arrays * bytes), 2, List.of());
        for (int n = 0; n < arrays; n++) {
            cutter.add(array(n, bytes / 8));
        }
        List<Integer> counts = new ArrayList<>();
        for (ArrayPartition partition : cutter.partitions()) {
            counts.add(partition.slices().unpack().size());
        }
        return counts;
    }

    private static RowSlice first(ArrayPartition partition) {
        try {
            return partition.slices().unpack().get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
