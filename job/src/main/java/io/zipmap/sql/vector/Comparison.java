package io.zipmap.sql.vector;

/**
 * Compares the values of two vectors in the order of Spark: NaN is greater than all numbers and equal to NaN, and -0.0
 * equals 0.0. Each loop keeps rows as {@link ValueSet#select} describes it. It has no branch on values, because random
 * values make such a branch slow.
 */
public enum Comparison {
    GREATER(false, 0),
    AT_MOST(false, 1),
    EQUAL(true, 0),
    UNEQUAL(true, 1);

    private final boolean isOfEquality;

    /** 1 if rows are kept for which the test of the loop is false. */
    private final int inverted;

    Comparison(boolean isOfEquality, int inverted) {
        this.isOfEquality = isOfEquality;
        this.inverted = inverted;
    }

    /** The comparison that is true where this one is false. */
    public Comparison complement() {
        return values()[ordinal() ^ 1];
    }

    /**
     * Keeps the rows for which the comparison is true.
     *
     * @param one vector of BIGINT, FLOAT or DOUBLE
     * @param other vector of the same type
     */
    public int select(PlainVector one, PlainVector other, int[] rows, int count) {
        if (one instanceof FloatVector a && other instanceof FloatVector b) {
            return a.select(this, b, rows, count);
        }
        if (one instanceof DoubleVector a && other instanceof DoubleVector b) {
            return a.select(this, b, rows, count);
        }
        return ((LongVector) one).select(this, (LongVector) other, rows, count);
    }

    int select(float[] a, int aBase, int aStride, float[] b, int bBase, int bStride, int[] rows, int count) {
        int kept = 0;
        if (isOfEquality) {
            for (int j = 0; j < count; j++) {
                int row = rows[j];
                float one = a[aBase + row * aStride];
                float other = b[bBase + row * bStride];
                rows[kept] = row;
                kept += inverted ^ ((one == other ? 1 : 0) | (Float.isNaN(one) ? 1 : 0) & (Float.isNaN(other) ? 1 : 0));
            }
            return kept;
        }
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            float one = a[aBase + row * aStride];
            float other = b[bBase + row * bStride];
            rows[kept] = row;
            kept += inverted ^ ((one <= other ? 0 : 1) & (Float.isNaN(other) ? 0 : 1));
        }
        return kept;
    }

    int select(double[] a, int aBase, int aStride, double[] b, int bBase, int bStride, int[] rows, int count) {
        int kept = 0;
        if (isOfEquality) {
            for (int j = 0; j < count; j++) {
                int row = rows[j];
                double one = a[aBase + row * aStride];
                double other = b[bBase + row * bStride];
                rows[kept] = row;
                kept += inverted
                        ^ ((one == other ? 1 : 0) | (Double.isNaN(one) ? 1 : 0) & (Double.isNaN(other) ? 1 : 0));
            }
            return kept;
        }
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            double one = a[aBase + row * aStride];
            double other = b[bBase + row * bStride];
            rows[kept] = row;
            kept += inverted ^ ((one <= other ? 0 : 1) & (Double.isNaN(other) ? 0 : 1));
        }
        return kept;
    }

    int select(long[] a, int aBase, int aStride, long[] b, int bBase, int bStride, int[] rows, int count) {
        int kept = 0;
        for (int j = 0; j < count; j++) {
            int row = rows[j];
            long one = a[aBase + row * aStride];
            long other = b[bBase + row * bStride];
            rows[kept] = row;
            kept += inverted ^ (isOfEquality ? one == other ? 1 : 0 : one > other ? 1 : 0);
        }
        return kept;
    }
}
