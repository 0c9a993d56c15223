package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.array.Order;
import io.zipmap.mapped.MappedArray;
import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsKernelTest {
    @TempDir
    Path folder;

    @Test
    void rowsAndColumnsAreLogicalInBothOrders() throws Exception {
        double[] values = {1, 2, 3, 4, 5, 6};
        try (MappedArray c = MappedArrayFixture.doubles(folder, Order.C, new long[] {3, 2}, values);
                MappedArray f = MappedArrayFixture.doubles(folder, Order.FORTRAN, new long[] {3, 2}, values)) {
            assertThat(MappedArrayFixture.stats(c).column(1).sum()).isEqualTo(2 + 4 + 6);
            assertThat(MappedArrayFixture.stats(f).column(1).sum()).isEqualTo(4 + 5 + 6);
            assertThat(StatsKernel.compute(c, 1, 3, Tile.of(1, 2)).column(0).sum())
                    .isEqualTo(4 + 6);
            assertThat(StatsKernel.compute(f.slice(1, 3), 0, 2, Tile.of(0, 2))
                            .column(0)
                            .sum())
                    .isEqualTo(2 + 3);
        }
    }

    @Test
    void nanIsCountedAndLeftOut() throws Exception {
        try (MappedArray array =
                MappedArrayFixture.doubles(folder, Order.C, new long[] {4}, 1, Double.NaN, 3, Double.NaN)) {
            ColumnStats found = MappedArrayFixture.stats(array).column(0);
            assertThat(found.count()).isEqualTo(4);
            assertThat(found.nanCount()).isEqualTo(2);
            assertThat(found.min()).hasValue(1);
            assertThat(found.max()).hasValue(3);
            assertThat(found.mean()).hasValue(2);
            assertThat(found.stddev()).hasValue(1);
            assertThat(found.exactSum()).isEmpty();
        }
    }

    @Test
    void infinityMakesSumAndMeanInfiniteAndTheDeviationNan() throws Exception {
        try (MappedArray array = MappedArrayFixture.doubles(
                folder, Order.C, new long[] {3, 2}, 1, 1, 2, Double.POSITIVE_INFINITY, 3, Double.NEGATIVE_INFINITY)) {
            ColumnStats sound = MappedArrayFixture.stats(array).column(0);
            ColumnStats half = StatsKernel.compute(array, 0, 2, Tile.of(1, 2)).column(0);
            ColumnStats both =
                    half.merge(StatsKernel.compute(array, 2, 3, Tile.of(1, 2)).column(0));
            assertThat(sound.mean()).hasValue(2);
            assertThat(half.sum()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(half.mean()).hasValue(Double.POSITIVE_INFINITY);
            assertThat(half.stddev().orElseThrow()).isNaN();
            assertThat(both.sum()).isNaN();
            assertThat(both.min()).hasValue(Double.NEGATIVE_INFINITY);
            assertThat(both.max()).hasValue(Double.POSITIVE_INFINITY);
            assertThat(both.stddev().orElseThrow()).isNaN();
        }
    }

    @Test
    void sumsOfIntegersPass64Bits() throws Exception {
        try (MappedArray signed =
                        MappedArrayFixture.longs(folder, ">i8", Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
                MappedArray unsigned = MappedArrayFixture.longs(folder, ">u8", -1, -1, 5)) {
            BigInteger two63 = BigInteger.ONE.shiftLeft(63);
            BigInteger most = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
            assertThat(MappedArrayFixture.stats(signed).column(0).exactSum())
                    .contains(two63.multiply(BigInteger.valueOf(3)).negate());
            ColumnStats found = MappedArrayFixture.stats(unsigned).column(0);
            assertThat(found.exactMin()).contains(BigInteger.valueOf(5));
            assertThat(found.exactMax()).contains(most);
            assertThat(found.exactSum()).contains(most.add(most).add(BigInteger.valueOf(5)));
            assertThat(found.max()).hasValue(0x1p64);
        }
    }

    @Test
    void equalValuesHaveNoDeviation() throws Exception {
        double[] values = IntStream.range(0, 1000).mapToDouble(i -> 0.1).toArray();
        try (MappedArray array = MappedArrayFixture.doubles(folder, Order.C, new long[] {1000}, values)) {
            ColumnStats found = StatsKernel.compute(array, 0, 333, Tile.of(0, 1))
                    .merge(StatsKernel.compute(array, 333, 1000, Tile.of(0, 1)))
                    .column(0);
            assertThat(found.stddev()).hasValue(0);
            assertThat(found.mean()).hasValue(0.1);
        }
    }

    @Test
    void cancellationIsCheckedOncePerBlock() throws Exception {
        double[] values = new double[40_000];
        try (MappedArray array = MappedArrayFixture.doubles(folder, Order.C, new long[] {40_000}, values)) {
            AtomicInteger asked = new AtomicInteger();
            assertThatThrownBy(() -> StatsKernel.compute(
                            array, 0, 40_000, Tile.of(0, 1), false, () -> asked.incrementAndGet() == 2))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(asked).hasValue(2);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> MappedArrayFixture.stats(array)).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void rowsAndColumnsOutOfRangeAreRefused() throws Exception {
        try (MappedArray array = MappedArrayFixture.doubles(folder, Order.C, new long[] {3, 2}, 1, 2, 3, 4, 5, 6)) {
            assertThatThrownBy(() -> StatsKernel.compute(array, 0, 4, Tile.of(0, 2)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> StatsKernel.compute(array, 2, 1, Tile.of(0, 2)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> StatsKernel.compute(array, 0, 3, Tile.of(0, 3)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
