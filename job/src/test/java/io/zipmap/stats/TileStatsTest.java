package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.array.Order;
import io.zipmap.mapped.MappedArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileStatsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTileOfSixteenColumnsIsSmallOnTheWire(boolean kryo) throws Exception {
        try (MappedArray array = MappedArrayFixture.doubles(folder, Order.C, new long[] {4, 16}, ramp(64))) {
            assertThat(MappedArrayFixture.serialized(MappedArrayFixture.stats(array), kryo)
                            .limit())
                    .isLessThan(1600);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothSerializersKeepEverything(boolean kryo) throws Exception {
        try (MappedArray floats =
                        MappedArrayFixture.doubles(folder, Order.C, new long[] {2, 2}, 1, Double.NaN, 1e-30, 4);
                MappedArray integers = MappedArrayFixture.longs(folder, ">u8", -1, -2, 7)) {
            TileStats some = StatsKernel.compute(floats, 0, 2, Tile.of(0, 2), true, () -> false);
            ColumnStats back =
                    MappedArrayFixture.roundTrip(some, kryo).merge(some).column(1);
            assertThat(back.count()).isEqualTo(4);
            assertThat(back.nanCount()).isEqualTo(2);
            assertThat(back.sum()).isEqualTo(8);
            assertThat(back.quantile(0.5)).hasValue(4);
            assertThat(MappedArrayFixture.roundTrip(MappedArrayFixture.stats(integers), kryo)
                            .column(0))
                    .hasToString(MappedArrayFixture.stats(integers).column(0).toString());
        }
    }

    @Test
    void mergingLeavesBothPartsAsTheyWere() throws Exception {
        try (MappedArray array = MappedArrayFixture.doubles(folder, Order.C, new long[] {4}, 1, 2, 3, 4)) {
            TileStats one = StatsKernel.compute(array, 0, 2, Tile.of(0, 1));
            TileStats two = StatsKernel.compute(array, 2, 4, Tile.of(0, 1));
            assertThat(one.merge(two).column(0).sum()).isEqualTo(10);
            assertThat(one.column(0).sum()).isEqualTo(3);
            assertThat(two.column(0).count()).isEqualTo(2);
        }
    }

    @Test
    void theOrderOfMergingDoesNotChangeTheResult() throws Exception {
        Random random = new Random(5);
        double[] values = random.doubles(1000, -1, 3).toArray();
        try (MappedArray array = MappedArrayFixture.doubles(folder, Order.C, new long[] {1000}, values)) {
            List<TileStats> slices = new ArrayList<>();
            for (int row = 0; row < 1000; row += 37) {
                slices.add(StatsKernel.compute(array, row, Math.min(1000, row + 37), Tile.of(0, 1)));
            }
            Set<String> results = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                Collections.shuffle(slices, random);
                results.add(slices.stream()
                        .reduce(TileStats::merge)
                        .orElseThrow()
                        .column(0)
                        .toString());
            }
            assertThat(results).hasSize(1);
        }
    }

    @Test
    void partsOfDifferentTilesAreNotMerged() throws Exception {
        try (MappedArray floats = MappedArrayFixture.doubles(folder, Order.C, new long[] {2, 2}, 1, 2, 3, 4);
                MappedArray signed = MappedArrayFixture.longs(folder, ">i8", 1);
                MappedArray unsigned = MappedArrayFixture.longs(folder, ">u8", 1)) {
            TileStats two = MappedArrayFixture.stats(floats);
            TileStats one = StatsKernel.compute(floats, 0, 2, Tile.of(0, 1));
            assertThatThrownBy(() -> two.merge(one)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> one.merge(MappedArrayFixture.stats(signed)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> MappedArrayFixture.stats(signed).merge(MappedArrayFixture.stats(unsigned)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> one.merge(StatsKernel.compute(floats, 0, 2, Tile.of(0, 1), true, () -> false)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void quantilesAreAbsentIfNotRequestedOrNothingIsCounted() throws Exception {
        try (MappedArray array =
                MappedArrayFixture.doubles(folder, Order.C, new long[] {2, 2}, 1, Double.NaN, 2, Double.NaN)) {
            assertThat(MappedArrayFixture.stats(array).column(0).quantile(0.5)).isEmpty();
            TileStats asked = StatsKernel.compute(array, 0, 2, Tile.of(0, 2), true, () -> false);
            assertThat(asked.column(0).quantile(0.5)).hasValue(1);
            assertThat(asked.column(1).quantile(0.5)).isEmpty();
        }
    }

    @Test
    void quantilesOfFewValuesAreExactAndOfManyWithinTheirError() throws Exception {
        double[] values = new Random(5).doubles(40_000).toArray();
        try (MappedArray array = MappedArrayFixture.doubles(folder, Order.FORTRAN, new long[] {20_000, 2}, values);
                MappedArray few = MappedArrayFixture.doubles(folder, Order.C, new long[] {100}, ramp(100))) {
            TileStats stats = StatsKernel.compute(few, 0, 100, Tile.of(0, 1), true, () -> false);
            assertThat(stats.column(0).quantile(0.01)).hasValue(0);
            assertThat(stats.column(0).quantile(0.5)).hasValue(49);
            assertThat(stats.column(0).quantile(0.99)).hasValue(98);
            TileStats merged = StatsKernel.compute(array, 0, 7_000, Tile.of(0, 2), true, () -> false)
                    .merge(StatsKernel.compute(array, 7_000, 20_000, Tile.of(0, 2), true, () -> false));
            for (double rank : new double[] {0.01, 0.25, 0.5, 0.75, 0.99}) {
                double found = merged.column(1).quantile(rank).orElseThrow();
                long below = IntStream.range(20_000, 40_000)
                        .filter(i -> values[i] <= found)
                        .count();
                assertThat(below / 20_000.0).isBetween(rank - 0.02, rank + 0.02);
            }
        }
    }

    @Test
    void quantilesOfUnsignedIntegersAreUnsigned() throws Exception {
        try (MappedArray array = MappedArrayFixture.longs(folder, ">u8", -1, 3, 3)) {
            ColumnStats found = StatsKernel.compute(array, 0, 3, Tile.of(0, 1), true, () -> false)
                    .column(0);
            assertThat(found.quantile(0.5)).hasValue(3);
            assertThat(found.quantile(1)).hasValue(0x1p64);
        }
    }

    private static double[] ramp(int n) {
        return IntStream.range(0, n).asDoubleStream().toArray();
    }
}
