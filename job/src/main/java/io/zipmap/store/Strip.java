package io.zipmap.store;

/**
 * Which elements of an array go where: runs of neighbours in storage, at even distances, to even distances in a buffer. A value,
 * changed in place by {@link #from} alone, so that a scan of many strips makes no objects.
 */
public final class Strip {
    private final long step;
    private final int run;
    private final int to;
    private final int toStep;
    private long index;
    private int runs;

    /**
     * @param step elements from the start of a run to the start of the next, in storage
     * @param run elements of a run
     * @param to where in the buffer the first run goes
     * @param toStep elements from run to run in the buffer
     */
    public Strip(long step, int run, int to, int toStep) {
        this.step = step;
        this.run = run;
        this.to = to;
        this.toStep = toStep;
    }

    /** Begins at this element in storage, and has so many runs. */
    public Strip from(long newIndex, int newRuns) {
        index = newIndex;
        runs = newRuns;
        return this;
    }

    /** The whole is one run, in storage and in the buffer. */
    private boolean whole() {
        return step == run && toStep == run;
    }

    int runs() {
        return whole() ? 1 : runs;
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
