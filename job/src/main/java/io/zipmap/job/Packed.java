package io.zipmap.job;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What became of one archive. Immutable. */
final class Packed implements Serializable {
    private static final long serialVersionUID = 1L;

    /** There was nothing to do. */
    static final Packed LEFT = new Packed(-1, null);

    private final long bytes;
    private final @Nullable String failure;

    private Packed(long bytes, @Nullable String failure) {
        this.bytes = bytes;
        this.failure = failure;
    }

    static Packed packed(long bytes) {
        return new Packed(bytes, null);
    }

    static Packed failed(String message) {
        return new Packed(-1, message);
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
