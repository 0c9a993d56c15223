package io.zipmap.tools;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What became of one archive. Immutable. */
final class PackOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    /** There was nothing to do. */
    static final PackOutcome LEFT = new PackOutcome(-1, null);

    private final long bytes;
    private final @Nullable String failure;

    private PackOutcome(long bytes, @Nullable String failure) {
        this.bytes = bytes;
        this.failure = failure;
    }

    static PackOutcome packed(long bytes) {
        return new PackOutcome(bytes, null);
    }

    static PackOutcome failed(String message) {
        return new PackOutcome(-1, message);
    }

    /** Length of the new archive; -1 when there is none. */
    long bytes() {
        return bytes;
    }

    /** The error in a sentence, fit to be shown. */
    @Nullable
    String failure() {
        return failure;
    }
}
