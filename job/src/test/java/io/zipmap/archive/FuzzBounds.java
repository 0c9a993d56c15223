package io.zipmap.archive;

import java.io.IOException;

/** Invariants that every fuzz target of this package checks. */
final class FuzzBounds {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(1 << 20, 1 << 22, 1_000);

    private FuzzBounds() {}

    static Archive open(byte[] bytes) throws IOException {
        return Archive.open(new MemoryByteSource(bytes, bytes.length, 1 << 16), LIMITS);
    }

    static void require(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(what.toString());
        }
    }
}
