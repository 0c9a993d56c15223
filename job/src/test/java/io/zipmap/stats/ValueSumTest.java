package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.array.Dtype;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSumTest {
    private static final int COUNT = 1000;

    private final Random random = new Random(3);
    private final int[] rows =
            IntStream.range(0, 2 * COUNT).filter(i -> i % 2 == 0).toArray();
    private final ValueSum sum = new ValueSum();

    @Test
    void sumsOfFloatsAreAsPreciseAsThoseOfAllStatistics() throws Exception {
        ValueStats all = new ValueStats(Dtype.parse("<f4"));
        float[] values = new float[1 + 3 * 2 * COUNT];
        BigDecimal exact = BigDecimal.ZERO;
        for (int row : rows) {
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(8)));
            values[1 + 3 * row] = value;
            exact = exact.add(new BigDecimal(value));
        }
        all.add(values, 1, 3, rows, rows.length);
        sum.add(values, 1, 3, rows, rows.length);
        ColumnStats stats = sum.finish();
        double error = 1e-15
                * IntStream.of(rows)
                        .mapToDouble(row -> Math.abs(values[1 + 3 * row]))
                        .sum();
        assertThat(stats.sum()).isCloseTo(exact.doubleValue(), within(error));
        assertThat(stats.sum()).isCloseTo(all.finish().sum(), within(error));
        assertThat(stats.count()).isEqualTo(COUNT);
        assertThat(stats.nanCount()).isZero();
        assertThat(sum.finish().sum()).isZero();
    }

    private static Offset<Double> within(double error) {
        return Offset.offset(error);
    }

    @Test
    void sumsOfDoublesLoseNoSmallValue() {
        double[] values = {1e100, 1, -1e100, 1};
        sum.add(values, 0, 1, new int[] {0, 1, 2, 3}, 4);
        assertThat(sum.finish().sum()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 63, 64, 65, 130, 255})
    void theSumOfAllRowsIsThatOfTheirNumbersToTheBit(int count) {
        int[] all = IntStream.range(0, count).toArray();
        for (int stride : new int[] {1, 3, 4}) {
            float[] floats = new float[3 + stride * count];
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(8)));
                doubles[i] = random.nextGaussian() * Math.pow(10, random.nextInt(8));
            }
            for (double special : new double[] {1, -0.0, Double.POSITIVE_INFINITY, Double.NaN}) {
                floats[2 + stride * (count / 2)] = (float) special;
                doubles[2 + stride * (count / 2)] = special;
                sum.add(floats, 2, stride, all, count);
                ColumnStats expected = sum.finish();
                sum.addAll(floats, 2, stride, count);
                assertEqual(sum.finish(), expected);
                sum.add(doubles, 2, stride, all, count);
                ColumnStats expectedOfDoubles = sum.finish();
                sum.addAll(doubles, 2, stride, count);
                assertEqual(sum.finish(), expectedOfDoubles);
            }
        }
    }

    private static void assertEqual(ColumnStats stats, ColumnStats expected) {
        assertThat(stats.sum()).isEqualTo(Double.valueOf(expected.sum()));
        assertThat(stats.count()).isEqualTo(expected.count());
    }

    @Test
    void nanAndInfinitiesAreThoseOfPlainAdditions() {
        float[] values = {1, Float.POSITIVE_INFINITY, Float.NaN, Float.NEGATIVE_INFINITY};
        sum.add(values, 0, 1, new int[] {0, 1}, 2);
        assertThat(sum.finish().sum()).isEqualTo(Double.POSITIVE_INFINITY);
        sum.add(values, 0, 1, new int[] {0, 1, 3}, 3);
        assertThat(sum.finish().sum()).isNaN();
        sum.add(values, 0, 1, new int[] {0, 2}, 2);
        assertThat(sum.finish().sum()).isNaN();
        sum.add(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}, 0, 1, new int[] {0, 1}, 2);
        assertThat(sum.finish().sum()).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
