package io.zipmap.mapped;

/**
 * Elements to copy from an array into a buffer: runs of neighbouring elements, at equal distances in storage and at
 * equal distances in the buffer. Mutable by {@link #moveTo} only, so that a scan of many ranges allocates nothing. Not
 * thread-safe.
 */
public final class StridedRange {
    private final long step;
    private final int run;
    private final int toStep;
    private long index;
    private int runs;
    private int to;

    /**
     * @param step elements in storage from the start of a run to the start of the next
     * @param run elements in a run
     * @param toStep elements in the buffer from the start of a run to the start of the next
     */
    public StridedRange(long step, int run, int toStep) {
        this.step = step;
        this.run = run;
        this.toStep = toStep;
    }

    /**
     * Moves the range.
     *
     * @param newIndex storage index of the first element
     * @param newRuns number of runs
     * @param newTo index in the buffer of the first element
     * @return this
     */
    public StridedRange moveTo(long newIndex, int newRuns, int newTo) {
        index = newIndex;
        runs = newRuns;
        to = newTo;
        return this;
    }

    /** Whether all runs follow each other without a gap, in storage and in the buffer. They are copied as one run. */
    private boolean isDense() {
        return step == run && toStep == run;
    }

    int runs() {
        return isDense() ? Math.min(1, runs) : runs;
    }

    int run() {
        return isDense() ? run * runs : run;
    }

    /** Storage index of the first element of a run. */
    long index(int i) {
        return index + i * step;
    }

    /** Index in the buffer of the first element of a run. */
    int to(int i) {
        return to + i * toStep;
    }
}
