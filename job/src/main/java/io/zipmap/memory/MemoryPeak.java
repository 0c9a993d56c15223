package io.zipmap.memory;

import java.io.Serializable;

/** The peak memory of a process, in bytes: the maximum over its samples. Immutable. */
public final class MemoryPeak implements Serializable {
    private static final long serialVersionUID = 1L;

    static final MemoryPeak NONE = new MemoryPeak(0, 0);

    private final long anonymous;
    private final long heap;

    MemoryPeak(long anonymous, long heap) {
        this.anonymous = anonymous;
        this.heap = heap;
    }

    /** Peak of the anonymous memory, {@code RssAnon} of {@code /proc/self/status}; 0 on systems without this file. */
    public long anonymous() {
        return anonymous;
    }

    /** Peak of the used heap. */
    public long heap() {
        return heap;
    }

    MemoryPeak max(MemoryPeak other) {
        return new MemoryPeak(Math.max(anonymous, other.anonymous), Math.max(heap, other.heap));
    }
}
