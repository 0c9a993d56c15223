package io.zipmap.sql.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.util.SQLOrderingUtil;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final double[] EDGES = {
        0.0, -0.0, 1, -1, Double.NaN, Double.MAX_VALUE, Double.MIN_VALUE, 0.1, 1 / 0.0, -1 / 0.0, Float.MAX_VALUE
    };
    private static final int PAIRS = EDGES.length * EDGES.length;

    @Test
    void floatsAndDoublesAreComparedAsSparkComparesThem() {
        double[] one = new double[2 * PAIRS];
        double[] other = new double[PAIRS];
        float[] floats = new float[2 * PAIRS];
        float[] others = new float[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            one[2 * i + 1] = EDGES[i / EDGES.length];
            other[i] = EDGES[i % EDGES.length];
            floats[2 * i + 1] = (float) one[2 * i + 1];
            others[i] = (float) other[i];
        }
        requireOrder(
                new DoubleVector(one, 1, 2),
                new DoubleVector(other, 0, 1),
                row -> SQLOrderingUtil.compareDoubles(one[2 * row + 1], other[row]));
        requireOrder(
                new FloatVector(floats, 1, 2),
                new FloatVector(others, 0, 1),
                row -> SQLOrderingUtil.compareFloats(floats[2 * row + 1], others[row]));
    }

    @Test
    void integersAreCompared() {
        long[] edges = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 53, (1L << 53) + 1};
        long[] one = new long[PAIRS];
        long[] other = new long[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            one[i] = edges[i / edges.length % edges.length];
            other[i] = edges[i % edges.length];
        }
        requireOrder(new LongVector(one, 0, 1), new LongVector(other, 0, 1), row -> Long.compare(one[row], other[row]));
    }

    /** @param order of the values of a row */
    private static void requireOrder(PlainVector one, PlainVector other, IntUnaryOperator order) {
        for (Comparison comparison : Comparison.values()) {
            int[] rows = IntStream.range(0, PAIRS).filter(row -> row % 5 > 0).toArray();
            int[] expected = IntStream.of(rows)
                    .filter(row -> holds(comparison, order.applyAsInt(row)))
                    .toArray();
            int kept = comparison.select(one, other, rows, rows.length);
            assertThat(IntStream.of(rows).limit(kept)).as(comparison.name()).containsExactlyElementsOf(list(expected));
        }
    }

    private static List<Integer> list(int[] rows) {
        return IntStream.of(rows).boxed().toList();
    }

    private static boolean holds(Comparison comparison, int order) {
        return switch (comparison) {
            case GREATER -> order > 0;
            case AT_MOST -> order <= 0;
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
        };
    }
}
