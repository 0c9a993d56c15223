package io.zipmap.job;

import java.util.stream.LongStream;

/** Decides into how many partitions of slices each partition of records is cut. */
final class Cuts {
    /** Map tasks a core, so that a slow one can be balanced by the others. */
    private static final int TASKS_PER_CORE = 4;

    private Cuts() {}

    /**
     * @param bytes of the arrays in each partition of records
     * @return at least 1 for each; more where a partition has far more to read than its share of the cores
     */
    static int[] of(long[] bytes, int sliceBytes, int cores) {
        long share = LongStream.of(bytes).sum() / ((long) cores * TASKS_PER_CORE);
        long piece = Math.max(sliceBytes, share);
        return LongStream.of(bytes)
                .mapToInt(part -> (int) Math.max(1, (part + piece - 1) / piece))
                .toArray();
    }
}
