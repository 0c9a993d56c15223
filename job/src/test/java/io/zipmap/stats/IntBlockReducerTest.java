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
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntBlockReducerTest {
    /** Neighbours of all values at which a half of an int, or the sign, changes. */
    private static final int[] EDGES = {
        0,
        1,
        -1,
        0x7fff,
        0x8000,
        0x8001,
        0xffff,
        0x10000,
        -0x8000,
        -0x8001,
        0x7fff7fff,
        0x7fff8000,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        0x80008000,
        0x80007fff
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"<i4", ">i4", "<u4", ">u4"})
    void statisticsAreExactWhateverTheRangesOfRowsAndColumns(String dtype) throws Exception {
        Random random = new Random(dtype.hashCode());
        for (int columns : new int[] {1, 3, 4, 600}) {
            int rows = columns == 600 ? 30 : 1 + random.nextInt(40_000 / columns);
            for (Order order : Order.values()) {
                ByteBuffer bytes = ByteBuffer.allocate(rows * columns * Integer.BYTES);
                while (bytes.hasRemaining()) {
                    bytes.putInt(random.nextInt(4) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextInt());
                }
                Path file = Files.write(Files.createTempFile(folder, "random", ".raw"), bytes.array());
                try (MappedArray array = MappedArrayFixture.file(file, dtype, order, rows, columns)) {
                    int from = random.nextInt(rows);
                    assertExact(array, 0, rows);
                    assertExact(array, from, Math.min(rows, from + 1 + random.nextInt(1000)));
                }
            }
        }
    }

    /** More rows than a sum of an int holds, all of them the value that is farthest from 0. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, Integer.MAX_VALUE, 0x7fff8000, -1})
    void sumsOfManyExtremeValuesDoNotOverflow(int value) throws Exception {
        int rows = 9_000_000;
        ByteBuffer bytes = ByteBuffer.allocate(rows * Integer.BYTES);
        IntStream.range(0, rows).forEach(i -> bytes.putInt(value));
        Path file = Files.write(folder.resolve("extreme.raw"), bytes.array());
        ArrayLayout layout = new ArrayLayout(Dtype.parse(">i4"), Shape.of(rows), Order.C);
        try (MappedArray array = MappedArray.open(file, 0, layout, 1 << 26)) {
            ColumnStats found = MappedArrayFixture.stats(array).column(0);
            assertThat(found.exactSum()).contains(BigInteger.valueOf((long) rows * value));
            assertThat(found.exactMin()).contains(BigInteger.valueOf(value));
            assertThat(found.exactMax()).contains(BigInteger.valueOf(value));
            assertThat(found.squaredDeviations()).isZero();
        }
    }

    private static void assertExact(MappedArray array, int from, int to) throws IOException {
        TileStats found = StatsKernel.compute(array, from, to, Tile.of(0, (int) array.columns()));
        BigDecimal count = BigDecimal.valueOf(to - from);
        for (int c = 0; c < array.columns(); c++) {
            long sum = 0;
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            BigInteger squares = BigInteger.ZERO;
            for (int row = from; row < to; row++) {
                long value = array.getLong(row, c);
                sum += value;
                min = Math.min(min, value);
                max = Math.max(max, value);
                squares = squares.add(BigInteger.valueOf(value).pow(2));
            }
            double deviations = new BigDecimal(squares)
                    .subtract(BigDecimal.valueOf(sum).pow(2).divide(count, MathContext.DECIMAL128))
                    .doubleValue();
            ColumnStats column = found.column(c);
            assertThat(column.exactSum()).contains(BigInteger.valueOf(sum));
            assertThat(column.exactMin()).contains(BigInteger.valueOf(min));
            assertThat(column.exactMax()).contains(BigInteger.valueOf(max));
            assertThat(column.squaredDeviations()).isCloseTo(deviations, within(Math.ulp(deviations)));
        }
    }
}
