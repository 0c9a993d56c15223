package io.zipmap.store;

import java.util.Locale;

/** How an array came to lie where it lies. */
public enum Placement {
    /** Decoded into scratch by this run. */
    EXTRACTED,
    /** Stored in a local archive as it is: nothing was copied. */
    IN_PLACE,
    /** Found in scratch, whole, from an earlier extraction. */
    REUSED;

    /** The word the {@code arrays} table has: {@code in_place}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
