package io.zipmap.stats;

/** The inner loop of {@link FloatBlockReducer}. Implementations give results that are equal to the bit. */
interface LaneKernel {
    /** Number of neighbouring lanes that one call reduces. */
    int LANES = 4;

    /** Number of values of a lane that are added in double before they are joined to the sum without loss. */
    int RUN = 16;

    /**
     * Computes sum, squared distances from the pivot, minimum and maximum of four neighbouring lanes. A lane adds runs
     * of {@value #RUN} values in double, and the runs without loss (Knuth's two-sum).
     *
     * @param lane index of the first of the four lanes
     * @param count number of values of all lanes together; all lanes have the same length
     * @param lanes distance between the values of one lane
     * @param rest receives the rounding errors of the sums
     * @param min minimum so far, on input and output: a good start makes the branches predictable
     * @param max maximum so far, on input and output
     */
    void gather(
            float[] values,
            int lane,
            int count,
            int lanes,
            double[] pivot,
            double[] sum,
            double[] rest,
            double[] squares,
            double[] min,
            double[] max);
}
