package io.zipmap.tools;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The result of packing one archive: packed, left unchanged, or failed. Immutable. */
final class PackOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The archive is packed already, or is a bare .npy file. */
    static final PackOutcome LEFT = new PackOutcome(false, null);

    static final PackOutcome PACKED = new PackOutcome(true, null);

    private final boolean packed;
    private final @Nullable String failure;

    private PackOutcome(boolean packed, @Nullable String failure) {
        this.packed = packed;
        this.failure = failure;
    }

    static PackOutcome failed(String message) {
        return new PackOutcome(false, message);
    }

    boolean isPacked() {
        return packed;
    }

    /** The message of the error; null if the archive did not fail. */
    @Nullable
    String failure() {
        return failure;
    }
}
