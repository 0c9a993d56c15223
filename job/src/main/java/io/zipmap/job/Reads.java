package io.zipmap.job;

import java.io.Serializable;

/** How many slices were read from files that lay where their records say, and how many only after healing. Immutable. */
public final class Reads implements Serializable {
    private static final long serialVersionUID = 1L;

    static final Reads NONE = new Reads(0, 0);
    static final Reads LOCAL = new Reads(1, 0);
    static final Reads HEALED = new Reads(0, 1);

    private final long local;
    private final long healed;

    private Reads(long local, long healed) {
        this.local = local;
        this.healed = healed;
    }

    Reads plus(Reads other) {
        return new Reads(local + other.local, healed + other.healed);
    }

    public long local() {
        return local;
    }

    public long healed() {
        return healed;
    }
}
