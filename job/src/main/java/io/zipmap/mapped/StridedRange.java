package io.zipmap.mapped;

/**
 * Which elements of an array go where: runs of neighbours in storage, at even distances, to even distances in a buffer.
 * Changed in place by {@link #from} alone, so that a scan of many strips makes no objects.
 */
public final class StridedRange {
    private final long step;
    private final int run;
    private final int toStep;
    private long index;
    private int runs;
    private int to;

    /**
     * @param step elements from the start of a run to the start of the next, in storage
     * @param run elements of a run
     * @param toStep elements from run to run in the buffer
     */
    public StridedRange(long step, int run, int toStep) {
        this.step = step;
        this.run = run;
        this.toStep = toStep;
    }

    /**
     * @param newIndex of the first element, in storage
     * @param newRuns how many runs there are
     * @param newTo where in the buffer the first goes
     */
    public StridedRange from(long newIndex, int newRuns, int newTo) {
        index = newIndex;
        runs = newRuns;
        to = newTo;
        return this;
    }

    /** The whole is one run, in storage and in the buffer. */
    private boolean whole() {
        return step == run && toStep == run;
    }

    int runs() {
        return whole() ? Math.min(1, runs) : runs;
    }

    int run() {
        return whole() ? run * runs : run;
    }

    long index(int i) {
        return index + i * step;
    }

    int to(int i) {
        return to + i * toStep;
    }
}
