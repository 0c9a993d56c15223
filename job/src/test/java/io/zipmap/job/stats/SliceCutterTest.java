package io.zipmap.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.job.extract.ExtractOutcome;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.Placement;
import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However work is cut, every element is in it exactly once. */
class SliceCutterTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private final Random random = new Random(42);

    private static ArrayRecord record(String dtype, long... axes) throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse(dtype), Shape.of(axes), Order.C);
        ArchiveRef archive = new ArchiveRef("file:/a" + Arrays.toString(axes) + ".zip", 1, "1");
        return new ArrayRecord(archive, 0, "a", "stored", 1, layout, "h", "/p", 0, Placement.EXTRACTED);
    }

    private ArrayRecord randomRecord() throws IOException {
        String dtype = List.of("|u1", "<i2", "<f4", "<f8").get(random.nextInt(4));
        long[] axes = random.longs(random.nextInt(4), 0, 12).toArray();
        if (random.nextInt(4) == 0) {
            axes = new long[] {random.nextInt(6), random.nextInt(10_000)};
        }
        return record(dtype, axes);
    }

    /** Follows the slices of one array in the order in which they come. */
    private static void assertCovered(ArrayRecord record, List<Slice> slices, int sliceBytes, boolean quantiles) {
        Shape shape = record.layout().shape();
        int itemSize = record.layout().dtype().itemSize();
        long column = 0;
        long row = 0;
        if (shape.elements() == 0) {
            assertThat(slices).isEmpty();
            return;
        }
        for (Slice slice : slices) {
            if (row == 0) {
                assertThat(slice.tile().fromColumn()).isEqualTo(column);
                assertThat(slice.tile().columns()).isBetween(1, quantiles ? 256 : 4096);
                column = slice.tile().toColumn();
            }
            assertThat(slice.tile().toColumn()).isEqualTo(column);
            assertThat(slice.fromRow()).isEqualTo(row);
            assertThat(slice.toRow()).isGreaterThanOrEqualTo(row);
            assertThat(slice.bytes())
                    .isEqualTo((slice.toRow() - row) * slice.tile().columns() * itemSize)
                    .isLessThanOrEqualTo(
                            Math.max(sliceBytes, (long) slice.tile().columns() * itemSize));
            row = slice.toRow() == shape.rows() ? 0 : slice.toRow();
        }
        assertThat(row).isZero();
        assertThat(column).isEqualTo(shape.columns());
    }

    @Test
    void slicesCoverAnArrayOnceAndStaySmall() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            ArrayRecord record = randomRecord();
            int sliceBytes = 16 << random.nextInt(12);
            boolean quantiles = random.nextBoolean();
            List<Slice> slices = new ArrayList<>();
            new SliceCutter(record, new SliceRules(sliceBytes, quantiles, 100_000)).forEachRemaining(slices::add);
            assertCovered(record, slices, sliceBytes, quantiles);
        }
    }

    @Test
    void anArrayPastTwoGibibytesIsCutToo() throws IOException {
        ArrayRecord record = record("<f8", 1L << 33, 3);
        SliceCutter slices = new SliceCutter(record, new SliceRules(1 << 30, false, 3));
        long rows = 0;
        while (slices.hasNext()) {
            Slice slice = slices.next();
            assertThat(slice.fromRow()).isEqualTo(rows);
            assertThat(slice.bytes()).isBetween(1L, 1L << 30);
            rows = slice.toRow();
        }
        assertThat(rows).isEqualTo(1L << 33);
    }

    @Test
    void anArrayWithoutElementsOrWithTooManyColumnsGivesNoSlice() throws IOException {
        SliceRules slicing = new SliceRules(1 << 20, false, 1000);
        for (ArrayRecord none : List.of(
                record("<f4", 0),
                record("<f4", 0, 4),
                record("|u1", 0, 1L << 62),
                record("<f4", 0, 20_000_000),
                record("[('a', '|u1', (2147483647,))]", 0),
                record("[('a', '<f8', (2, 5000))]", 0, 1L << 40),
                record("<f4", 0, 3, 0),
                record("<f4", 3, 1001),
                record("<f4", 3, 7, 11, 13),
                record("[('a', '<f4', (501,)), ('b', '<f4', (500,))]", 3),
                record("<c16", 3, 501))) {
            assertThat(new SliceCutter(none, slicing))
                    .as(none.layout().toString())
                    .isExhausted();
            assertThat(slicing.tiles(none.layout())).isZero();
        }
        for (ArrayRecord some : List.of(
                record("<f4", 3, 1000),
                record("<f4", 1),
                record("[('a', '<f4', (500,)), ('t', 'S9', (500,)), ('b', '<f4', (500,))]", 3),
                record("<c16", 3, 500))) {
            assertThat(new SliceCutter(some, slicing))
                    .as(some.layout().toString())
                    .hasNext();
            assertThat(slicing.tooWide(some.layout())).isFalse();
        }
    }

    @Test
    void piecesOfRecordsHoldEverySliceOnce() throws IOException {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SPARK.session().sparkContext());
        for (int round = 0; round < 6; round++) {
            int parents = 1 + random.nextInt(4);
            List<List<ExtractOutcome>> parts = new ArrayList<>();
            long[] bytes = new long[parents];
            Map<ArrayRecord, List<Slice>> seen = new LinkedHashMap<>();
            for (int parent = 0; parent < parents; parent++) {
                List<ExtractOutcome> outcomes = new ArrayList<>();
                for (int n = random.nextInt(5); n > 0; n--) {
                    ArrayRecord record = randomRecord();
                    if (seen.putIfAbsent(record, new ArrayList<>()) == null) {
                        outcomes.add(ExtractOutcome.extracted(record));
                        bytes[parent] += record.bytes();
                    }
                }
                parts.add(outcomes);
            }
            int sliceBytes = 16 << random.nextInt(8);
            List<MapSplit> pieces = new ArrayList<>();
            for (int parent = 0; parent < parents; parent++) {
                if (parent + 1 < parents && random.nextBoolean()) {
                    pieces.add(MapSplit.of(parent, ++parent));
                } else {
                    pieces.addAll(MapSplit.cut(parent, bytes[parent], 1 + random.nextInt(5)));
                }
            }
            JavaRDD<ExtractOutcome> records = spark.parallelize(parts, parents).flatMap(List::iterator);
            SlicedRecords sliced = new SlicedRecords(records.rdd(), pieces, new SliceRules(sliceBytes, false, 100_000));
            assertThat(sliced.getNumPartitions()).isEqualTo(pieces.size());
            // In the order of pieces, each parent's slices come as Slices gives them.
            sliced.toJavaRDD()
                    .collect()
                    .forEach(slice -> seen.get(slice.record()).add(slice));
            for (Map.Entry<ArrayRecord, List<Slice>> one : seen.entrySet()) {
                assertCovered(one.getKey(), one.getValue(), sliceBytes, false);
            }
        }
    }

    private static List<List<Integer>> pieces(long[] bytes, String hosts, int sliceBytes, int cores) {
        List<String> host = hosts.chars().mapToObj(Character::toString).toList();
        return MapSplit.of(bytes, host, sliceBytes, cores).stream()
                .map(piece -> Arrays.stream(piece.partitions()).boxed().toList())
                .toList();
    }

    @Test
    void partitionsWithMuchToReadAreCutAndOthersAreNot() {
        assertThat(pieces(new long[] {30, 30, 30}, "aaa", 100, 4)).containsExactly(List.of(0), List.of(1), List.of(2));
        assertThat(pieces(new long[] {1_000, 10}, "aa", 10, 1))
                .containsExactly(List.of(0), List.of(0), List.of(0), List.of(0), List.of(1));
        assertThat(pieces(new long[] {1_000}, "a", 10, 2)).hasSize(8);
        assertThat(pieces(new long[] {1L << 50, 1}, "aa", 1 << 30, 1_000)).hasSize(4_002);
        assertThat(pieces(new long[0], "", 10, 2)).isEmpty();
    }

    @Test
    void smallPartitionsOfOneHostAreReadByFewTasks() {
        assertThat(pieces(new long[] {32, 32, 32, 32, 32, 32, 32, 32, 32}, "aaaaaaaaa", 64, 1))
                .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8));
        assertThat(pieces(new long[] {32, 32, 32, 32, 32, 32, 32, 32, 32}, "aaaaaaaaa", 32, 1))
                .containsExactly(List.of(0, 1), List.of(2, 3), List.of(4, 5), List.of(6, 7), List.of(8));
        assertThat(pieces(new long[] {0, 0, 0}, "aba", 64, 8)).containsExactly(List.of(0, 2), List.of(1));
        assertThat(pieces(new long[] {10, 10, 10, 10, 400}, "ababa", 64, 1)).hasSize(2 + 4);
    }

    @Test
    void piecesReadEveryPartitionOnceAndLieOnOneHostEach() {
        for (int i = 0; i < 1_000; i++) {
            long[] bytes = random.longs(1 + random.nextInt(30), 0, 1L << random.nextInt(1, 40))
                    .toArray();
            List<String> hosts = Arrays.stream(bytes)
                    .mapToObj(any -> "host" + random.nextInt(3))
                    .toList();
            int sliceBytes = 16 << random.nextInt(20);
            int cores = 1 + random.nextInt(64);
            int[] pieces = new int[bytes.length];
            for (MapSplit piece : MapSplit.of(bytes, hosts, sliceBytes, cores)) {
                assertThat(Arrays.stream(piece.partitions())
                                .mapToObj(hosts::get)
                                .distinct())
                        .hasSize(1);
                Arrays.stream(piece.partitions()).forEach(partition -> pieces[partition]++);
            }
            for (int part = 0; part < pieces.length; part++) {
                assertThat((long) pieces[part]).isBetween(1L, bytes[part] / sliceBytes + 1);
            }
            assertThat(Arrays.stream(pieces).sum()).isLessThanOrEqualTo(8 * cores + bytes.length);
        }
    }
}
