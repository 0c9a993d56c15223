package io.zipmap.job.output;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;

/** What became of an archive since the former run. */
enum ArchiveChange {
    UNCHANGED(false),
    ADDED(true),
    CHANGED(true),
    /** The file system, not the archive, was to blame for a failure; or nobody can tell whether it changed. */
    AGAIN(true),
    REMOVED(false);

    private final boolean done;

    ArchiveChange(boolean done) {
        this.done = done;
    }

    /** As it stands in a table. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Words of those whose archives are to be done now. */
    static Object[] done() {
        return words(change -> change.done);
    }

    private static Object[] words(Predicate<ArchiveChange> wanted) {
        return Arrays.stream(values()).filter(wanted).map(ArchiveChange::word).toArray();
    }
}
