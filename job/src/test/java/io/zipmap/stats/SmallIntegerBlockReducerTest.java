package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallIntegerBlockReducerTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"|b1", "|i1", "|u1", "<i2", ">i2", "<u2", ">u2"})
    void statisticsAreExactWhateverTheRangesOfRowsAndColumns(String dtype) throws Exception {
        Random random = new Random(dtype.hashCode());
        for (int columns : new int[] {1, 2, 3, 4, 7, 600}) {
            int rows = columns == 600 ? 30 : 1 + random.nextInt(70_000 / columns);
            for (Order order : Order.values()) {
                try (MappedArray array = random(random, dtype, order, rows, columns)) {
                    int from = random.nextInt(rows);
                    assertExact(array, 0, rows);
                    assertExact(array, from, Math.min(rows, from + 1 + random.nextInt(1000)));
                }
            }
        }
    }

    /** More rows than a sum of an int holds, all of them the value that is farthest from 0. */
    @ParameterizedTest
    @ValueSource(strings = {"<i2", "|i1", "<u2"})
    void sumsOfManyExtremeValuesDoNotOverflow(String dtype) throws Exception {
        int itemSize = dtype.endsWith("1") ? 1 : 2;
        byte[] bytes = new byte[itemSize * 20_000_000];
        if (!dtype.equals("<u2")) {
            for (int i = itemSize - 1; i < bytes.length; i += itemSize) {
                bytes[i] = Byte.MIN_VALUE;
            }
        }
        Path file = Files.write(folder.resolve("extreme.raw"), bytes);
        ArrayLayout layout = new ArrayLayout(Dtype.parse(dtype), Shape.of(20_000_000), Order.C);
        try (MappedArray array = MappedArray.open(file, 0, layout, 1 << 26)) {
            ColumnStats found = MappedArrayFixture.stats(array).column(0);
            long value = dtype.equals("<u2") ? 0 : dtype.equals("|i1") ? Byte.MIN_VALUE : Short.MIN_VALUE;
            assertThat(found.exactSum()).contains(BigInteger.valueOf(20_000_000 * value));
            assertThat(found.exactMin()).contains(BigInteger.valueOf(value));
            assertThat(found.exactMax()).contains(BigInteger.valueOf(value));
            assertThat(found.squaredDeviations()).isZero();
        }
    }

    @Test
    void aBoolIsTrueIfItsByteIsNotZero() throws Exception {
        Path file = Files.write(folder.resolve("bool.raw"), new byte[] {0, 1, 2, -128, 127, -1, 0});
        try (MappedArray array = MappedArrayFixture.file(file, "|b1", Order.C, 7)) {
            assertThat(MappedArrayFixture.stats(array).column(0).exactSum()).contains(BigInteger.valueOf(5));
        }
    }

    private MappedArray random(Random random, String dtype, Order order, int rows, int columns) throws IOException {
        byte[] bytes = new byte[rows * columns * (dtype.endsWith("1") ? 1 : 2)];
        random.nextBytes(bytes);
        Path file = Files.write(Files.createTempFile(folder, "random", ".raw"), bytes);
        return MappedArrayFixture.file(file, dtype, order, rows, columns);
    }

    private static void assertExact(MappedArray array, int from, int to) throws IOException {
        int columns = (int) array.columns();
        TileStats found = StatsKernel.compute(array, from, to, Tile.of(0, columns));
        for (int c = 0; c < columns; c++) {
            long[] values = new long[to - from];
            for (int i = 0; i < values.length; i++) {
                values[i] = array.getLong(from + i, c);
            }
            long sum = Arrays.stream(values).sum();
            long squares = Arrays.stream(values).map(value -> value * value).sum();
            BigDecimal count = BigDecimal.valueOf(values.length);
            double deviations = BigDecimal.valueOf(squares)
                    .multiply(count)
                    .subtract(BigDecimal.valueOf(sum).pow(2))
                    .divide(count, MathContext.DECIMAL128)
                    .doubleValue();
            ColumnStats column = found.column(c);
            assertThat(column.exactSum()).contains(BigInteger.valueOf(sum));
            assertThat(column.exactMin())
                    .contains(BigInteger.valueOf(Arrays.stream(values).min().getAsLong()));
            assertThat(column.exactMax())
                    .contains(BigInteger.valueOf(Arrays.stream(values).max().getAsLong()));
            assertThat(column.squaredDeviations()).isCloseTo(deviations, within(Math.ulp(deviations)));
        }
    }
}
