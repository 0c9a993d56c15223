package io.zipmap.job.stats;

import java.io.Serializable;

/** Counts of slices read from a file in its recorded place, and of slices that had to heal it first. Immutable. */
public final class ReadCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final ReadCounts NONE = new ReadCounts(0, 0);
    static final ReadCounts LOCAL = new ReadCounts(1, 0);
    static final ReadCounts HEALED = new ReadCounts(0, 1);

    private final long local;
    private final long healed;

    private ReadCounts(long local, long healed) {
        this.local = local;
        this.healed = healed;
    }

    ReadCounts plus(ReadCounts other) {
        return new ReadCounts(local + other.local, healed + other.healed);
    }

    public long local() {
        return local;
    }

    public long healed() {
        return healed;
    }
}
