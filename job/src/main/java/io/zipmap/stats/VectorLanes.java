package io.zipmap.stats;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The lane kernel in the Vector API: the four lanes are one vector of doubles. Needs the module
 * {@code jdk.incubator.vector}: {@link LaneKernels} alone names this class. Until C2 has compiled it, each operation
 * makes an object, and it is a hundred times as slow as {@link PlainLanes}.
 *
 * <p>Two forms matter for C2: the inner loop has a fixed number of steps, and minimum and maximum are a comparison and
 * a choice. A comparison also treats NaN and the sign of zero as {@link PlainLanes} does; {@code min} does not.
 */
final class VectorLanes implements LaneKernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_128;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_256;

    /** Whether the CPU has registers for four doubles. Without, the Vector API is slower than the plain loop. */
    static boolean isFast() {
        return DoubleVector.SPECIES_PREFERRED.vectorBitSize() >= DOUBLES.vectorBitSize();
    }

    private static DoubleVector load(float[] values, int at) {
        return (DoubleVector) FloatVector.fromArray(FLOATS, values, at).castShape(DOUBLES, 0);
    }

    private static DoubleVector less(DoubleVector value, DoubleVector least) {
        return least.blend(value, value.compare(VectorOperators.LT, least));
    }

    private static DoubleVector more(DoubleVector value, DoubleVector most) {
        return most.blend(value, value.compare(VectorOperators.GT, most));
    }

    @Override
    public void gather(
            float[] values,
            int lane,
            int count,
            int lanes,
            double[] pivot,
            double[] sum,
            double[] rest,
            double[] squares,
            double[] min,
            double[] max) {
        DoubleVector pivots = DoubleVector.fromArray(DOUBLES, pivot, lane);
        DoubleVector least = DoubleVector.fromArray(DOUBLES, min, lane);
        DoubleVector most = DoubleVector.fromArray(DOUBLES, max, lane);
        DoubleVector zero = DoubleVector.zero(DOUBLES);
        DoubleVector total = zero;
        DoubleVector lost = zero;
        DoubleVector distances = zero;
        int run = RUN * lanes;
        int runs = count / run;
        int from = lane;
        for (int i = 0; i < runs; i++, from += run) {
            DoubleVector sums = zero;
            DoubleVector squaresOfRun = zero;
            for (int step = 0; step < RUN; step++) {
                DoubleVector value = load(values, from + step * lanes);
                sums = sums.add(value);
                DoubleVector distance = value.sub(pivots);
                squaresOfRun = squaresOfRun.add(distance.mul(distance));
                least = less(value, least);
                most = more(value, most);
            }
            DoubleVector before = total;
            total = before.add(sums);
            DoubleVector added = total.sub(before);
            lost = lost.add(before.sub(total.sub(added)).add(sums.sub(added)));
            distances = distances.add(squaresOfRun);
        }
        least.intoArray(min, lane);
        most.intoArray(max, lane);
        total.intoArray(sum, lane);
        lost.intoArray(rest, lane);
        distances.intoArray(squares, lane);
        if (from < count) {
            addShortRun(values, from, count, lane, lanes, pivot, sum, rest, squares, min, max);
        }
    }

    /** Adds the last values of each lane, fewer than a run. */
    private static void addShortRun(
            float[] values,
            int from,
            int to,
            int lane,
            int lanes,
            double[] pivot,
            double[] sum,
            double[] rest,
            double[] squares,
            double[] min,
            double[] max) {
        for (int k = 0; k < LANES; k++) {
            int j = lane + k;
            double total = 0;
            double distances = 0;
            for (int i = from; i < to; i += lanes) {
                double value = values[i + k];
                total += value;
                distances += (value - pivot[j]) * (value - pivot[j]);
                min[j] = value < min[j] ? value : min[j];
                max[j] = value > max[j] ? value : max[j];
            }
            double before = sum[j];
            double after = before + total;
            double added = after - before;
            rest[j] += (before - (after - added)) + (total - added);
            sum[j] = after;
            squares[j] += distances;
        }
    }
}
