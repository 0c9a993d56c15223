package io.zipmap.store;

import java.util.Locale;

/** How an array's file was obtained. */
public enum Placement {
    /** This run decoded the entry into scratch. */
    EXTRACTED,
    /** The file is the local archive itself, which has the entry stored. Nothing was copied. */
    IN_PLACE,
    /** Scratch had the whole file from an earlier extraction. */
    REUSED;

    /** The lower-case name, as in the column {@code placed} of the table {@code arrays}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
