package io.zipmap.stats;

/**
 * The lane kernel as a plain loop, which keeps four lanes in registers. C2 does not vectorise it, because it vectorises
 * no conversion from float to double; but it is small, and nearly as fast when compiled by C1.
 */
final class PlainLanes implements LaneKernel {
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
        double pivot0 = pivot[lane];
        double pivot1 = pivot[lane + 1];
        double pivot2 = pivot[lane + 2];
        double pivot3 = pivot[lane + 3];
        double min0 = min[lane];
        double min1 = min[lane + 1];
        double min2 = min[lane + 2];
        double min3 = min[lane + 3];
        double max0 = max[lane];
        double max1 = max[lane + 1];
        double max2 = max[lane + 2];
        double max3 = max[lane + 3];
        double total0 = 0;
        double total1 = 0;
        double total2 = 0;
        double total3 = 0;
        double rest0 = 0;
        double rest1 = 0;
        double rest2 = 0;
        double rest3 = 0;
        double distances0 = 0;
        double distances1 = 0;
        double distances2 = 0;
        double distances3 = 0;
        for (int from = lane; from < count; from += RUN * lanes) {
            int to = Math.min(count, from + RUN * lanes);
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            double squares0 = 0;
            double squares1 = 0;
            double squares2 = 0;
            double squares3 = 0;
            for (int i = from; i < to; i += lanes) {
                double a = values[i];
                double b = values[i + 1];
                double c = values[i + 2];
                double d = values[i + 3];
                sum0 += a;
                sum1 += b;
                sum2 += c;
                sum3 += d;
                squares0 += (a - pivot0) * (a - pivot0);
                squares1 += (b - pivot1) * (b - pivot1);
                squares2 += (c - pivot2) * (c - pivot2);
                squares3 += (d - pivot3) * (d - pivot3);
                min0 = a < min0 ? a : min0;
                max0 = a > max0 ? a : max0;
                min1 = b < min1 ? b : min1;
                max1 = b > max1 ? b : max1;
                min2 = c < min2 ? c : min2;
                max2 = c > max2 ? c : max2;
                min3 = d < min3 ? d : min3;
                max3 = d > max3 ? d : max3;
            }
            double before = total0;
            total0 += sum0;
            rest0 += (before - (total0 - (total0 - before))) + (sum0 - (total0 - before));
            before = total1;
            total1 += sum1;
            rest1 += (before - (total1 - (total1 - before))) + (sum1 - (total1 - before));
            before = total2;
            total2 += sum2;
            rest2 += (before - (total2 - (total2 - before))) + (sum2 - (total2 - before));
            before = total3;
            total3 += sum3;
            rest3 += (before - (total3 - (total3 - before))) + (sum3 - (total3 - before));
            distances0 += squares0;
            distances1 += squares1;
            distances2 += squares2;
            distances3 += squares3;
        }
        sum[lane] = total0;
        sum[lane + 1] = total1;
        sum[lane + 2] = total2;
        sum[lane + 3] = total3;
        rest[lane] = rest0;
        rest[lane + 1] = rest1;
        rest[lane + 2] = rest2;
        rest[lane + 3] = rest3;
        squares[lane] = distances0;
        squares[lane + 1] = distances1;
        squares[lane + 2] = distances2;
        squares[lane + 3] = distances3;
        min[lane] = min0;
        min[lane + 1] = min1;
        min[lane + 2] = min2;
        min[lane + 3] = min3;
        max[lane] = max0;
        max[lane + 1] = max1;
        max[lane + 2] = max2;
        max[lane + 3] = max3;
    }
}
