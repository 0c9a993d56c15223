package io.zipmap.job;

import io.zipmap.archive.ArchiveEntry;
import org.apache.hadoop.fs.GlobPattern;

/** Chooses entries by a glob over their whole names, in which {@code *} also matches {@code /}. */
final class EntryFilter {
    private static final String ANY = "*";

    private final GlobPattern glob;
    private final boolean any;

    EntryFilter(String glob) {
        this.any = glob.equals(ANY);
        this.glob = new GlobPattern(glob);
    }

    /** A bare array file has no entry name, and so is always taken. */
    boolean takes(ArchiveEntry entry) {
        String name = entry.name();
        return any || name == null || glob.matches(name);
    }
}
