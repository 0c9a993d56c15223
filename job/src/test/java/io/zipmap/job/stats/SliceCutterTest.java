package io.zipmap.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.Placement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Slices hold every element of an array exactly once. */
class SliceCutterTest {
    private final Random random = new Random(42);

    static ArrayRecord record(String dtype, long... axes) throws IOException {
        ArrayLayout layout = new ArrayLayout(Dtype.parse(dtype), Shape.of(axes), Order.C);
        ArchiveRef archive = new ArchiveRef("file:/a" + Arrays.toString(axes) + ".zip", 1, "1");
        return new ArrayRecord(archive, 0, "a", "stored", 1, layout, "h", "/p", 0, Placement.EXTRACTED);
    }

    static ArrayRecord randomRecord(Random random) throws IOException {
        String dtype = List.of("|u1", "<i2", "<f4", "<f8").get(random.nextInt(4));
        long[] axes = random.longs(random.nextInt(4), 0, 12).toArray();
        if (random.nextInt(4) == 0) {
            axes = new long[] {random.nextInt(6), random.nextInt(10_000)};
        }
        return record(dtype, axes);
    }

    /** Follows the slices of one array in the order in which they come. */
    static void assertCovered(ArrayRecord record, List<Slice> slices, int sliceBytes, boolean quantiles) {
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
            assertThat(slice.from()).isEqualTo(row);
            assertThat(slice.to()).isGreaterThanOrEqualTo(row);
            assertThat(slice.bytes())
                    .isEqualTo((slice.to() - row) * slice.tile().columns() * itemSize)
                    .isLessThanOrEqualTo(
                            Math.max(sliceBytes, (long) slice.tile().columns() * itemSize));
            row = slice.to() == shape.rows() ? 0 : slice.to();
        }
        assertThat(row).isZero();
        assertThat(column).isEqualTo(shape.columns());
    }

    @Test
    void slicesCoverAnArrayOnceAndStaySmall() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            ArrayRecord record = randomRecord(random);
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
            assertThat(slice.from()).isEqualTo(rows);
            assertThat(slice.bytes()).isBetween(1L, 1L << 30);
            rows = slice.to();
        }
        assertThat(rows).isEqualTo(1L << 33);
    }

    @Test
    void anArrayWithoutElementsOrNumbersGivesNoSlice() throws IOException {
        SliceRules slicing = new SliceRules(1 << 20, false, 1000);
        for (ArrayRecord none : List.of(
                record("<f4", 0),
                record("<f4", 0, 4),
                record("|u1", 0, 1L << 62),
                record("<f4", 0, 20_000_000),
                record("[('a', '|u1', (2147483647,))]", 0),
                record("[('a', '<f8', (2, 5000))]", 0, 1L << 40),
                record("<f4", 0, 3, 0),
                record("S4", 3))) {
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
    void anArrayWithTooManyColumnsIsCutIntoRangesOfElements() throws IOException {
        SliceRules slicing = new SliceRules(1 << 10, false, 1000);
        for (ArrayRecord wide : List.of(
                record("<f4", 3, 1001),
                record("<f4", 3, 7, 11, 13),
                record("[('a', '<f4', (501,)), ('b', '<f4', (500,))]", 3),
                record("[('a', '<f4', (0,)), ('b', '<f4', (1001,))]", 3),
                record("<c16", 3, 501))) {
            List<Slice> slices = new ArrayList<>();
            new SliceCutter(wide, slicing).forEachRemaining(slices::add);
            Map<LeafKey, Long> ends = new HashMap<>();
            for (Slice slice : slices) {
                assertThat(slice.tile()).isNull();
                assertThat(slice.from()).isEqualTo(ends.getOrDefault(slice.leafKey(), 0L));
                assertThat(slice.bytes()).isBetween(1L, 1L << 10);
                ends.put(slice.leafKey(), slice.to());
            }
            assertThat(slices).hasSizeGreaterThan(3);
            assertThat(ends).allSatisfy((leaf, end) -> assertThat(end).isEqualTo(leaf.elements()));
            assertThat(slicing.tiles(wide.layout())).isPositive();
            assertThat(new SliceCutter(wide, slicing.ofColumnsOnly())).isExhausted();
        }
    }

    @Test
    void aStructureWithMoreFieldsThanColumnsAreAllowedGivesNoSlice() throws IOException {
        SliceRules slicing = new SliceRules(1 << 10, false, 1);
        assertThat(new SliceCutter(record("[('a', '<f4'), ('b', '<f4')]", 3), slicing))
                .isExhausted();
        assertThat(new SliceCutter(record("[('a', '<f4', (2,))]", 3), slicing)).hasNext();
    }
}
