package io.zipmap.store;

/** Whether stored entries of local archives are mapped where they lie. */
public enum InPlace {
    /** Where it can be done. */
    AUTO,
    NEVER,
    /** An entry for which it cannot be done is an error. */
    ALWAYS
}
