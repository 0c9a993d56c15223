package io.zipmap.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class VectorLanesTest {
    private static final float[] EXTREMES = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL / 2,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        16777217f,
        1e-30f
    };

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void randomValuesGiveThePlainLoopsBitsWhateverTheLengthAndTheNumberOfLanes() {
        assertSameBits(i -> random.nextDouble() - 0.5, 0, 1);
    }

    @Test
    void zerosOfBothSignsDenormalsAndLargeValuesGiveThePlainLoopsBits() {
        assertSameBits(i -> EXTREMES[random.nextInt(EXTREMES.length)], -0.0, 0.0);
    }

    @Test
    void zerosAloneKeepTheSignThatThePlainLoopKeeps() {
        assertSameBits(i -> random.nextBoolean() ? 0.0 : -0.0, 0.0, -0.0);
        assertSameBits(i -> random.nextBoolean() ? 0.0 : -0.0, -0.0, 0.0);
    }

    @Test
    void nanAndInfinitiesGiveThePlainLoopsBits() {
        assertSameBits(
                i -> switch (random.nextInt(40)) {
                    case 0 -> Double.NaN;
                    case 1 -> Double.POSITIVE_INFINITY;
                    case 2 -> Double.NEGATIVE_INFINITY;
                    default -> random.nextDouble();
                },
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
    }

    @Test
    void aNanAsFirstExtremeStaysAsInThePlainLoop() {
        assertSameBits(i -> random.nextDouble(), Double.NaN, Double.NaN);
    }

    @Test
    void aFarPivotGivesThePlainLoopsBits() {
        assertSameBits(i -> 1e6 + random.nextDouble(), -1e9, 1e9);
    }

    /** @param least the least value so far, and the pivot of each second lane */
    private static void assertSameBits(IntToDoubleFunction value, double least, double most) {
        for (int lanes : new int[] {4, 8, 12, 20, 512}) {
            for (int rows : new int[] {1, 2, 15, 16, 17, 31, 32, 33, 128, 251}) {
                float[] values = new float[rows * lanes];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) value.applyAsDouble(i);
                }
                assertThat(results(new VectorLanes(), values, lanes, least, most))
                        .as("%d rows of %d lanes", rows, lanes)
                        .isEqualTo(results(new PlainLanes(), values, lanes, least, most));
            }
        }
    }

    /** The bits of sums, rests, squares, minima and maxima of all lanes. */
    private static long[] results(LaneKernel kernel, float[] values, int lanes, double least, double most) {
        double[] pivot = new double[lanes];
        Arrays.setAll(pivot, j -> j % 2 == 0 ? values[j] : least);
        double[] sum = new double[lanes];
        double[] rest = new double[lanes];
        double[] squares = new double[lanes];
        double[] min = new double[lanes];
        double[] max = new double[lanes];
        Arrays.fill(min, least);
        Arrays.fill(max, most);
        for (int lane = 0; lane < lanes; lane += LaneKernel.LANES) {
            kernel.gather(values, lane, values.length, lanes, pivot, sum, rest, squares, min, max);
        }
        return Arrays.stream(new double[][] {sum, rest, squares, min, max})
                .flatMapToDouble(Arrays::stream)
                .mapToLong(Double::doubleToLongBits)
                .toArray();
    }
}
