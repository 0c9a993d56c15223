package io.zipmap.job.output;

import java.util.Arrays;
import java.util.Locale;

/** The difference between an archive now and in the former run. */
enum ArchiveChange {
    UNCHANGED(false),
    ADDED(true),
    CHANGED(true),
    /**
     * Looks unchanged, but must be processed: the file system failed, an equal version does not prove it equal, or the
     * former run, of an older release, did not write all tables.
     */
    AGAIN(true),
    REMOVED(false);

    private final boolean processed;

    /** @param processed whether an incremental run processes such an archive */
    ArchiveChange(boolean processed) {
        this.processed = processed;
    }

    /** The value in the column {@link ArchiveComparison#CHANGE}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of the changes whose archives an incremental run processes. */
    static Object[] processedWords() {
        return Arrays.stream(values())
                .filter(change -> change.processed)
                .map(ArchiveChange::word)
                .toArray();
    }
}
