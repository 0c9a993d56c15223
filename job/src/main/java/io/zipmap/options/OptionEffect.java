package io.zipmap.options;

/** The effect of an option on the tables of a run. */
enum OptionEffect {
    /** The tables are the same, whatever the value. */
    NONE,
    /** The tables depend on the value. */
    TABLES,
    /** The value decides which arrays there are and what their layout is. The tables depend on it too. */
    ARRAYS
}
