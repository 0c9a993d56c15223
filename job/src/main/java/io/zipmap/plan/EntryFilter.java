package io.zipmap.plan;

import io.zipmap.archive.ArchiveEntry;
import org.apache.hadoop.fs.GlobPattern;

/** Chooses entries by a glob over their whole names, in which {@code *} also matches {@code /}. */
public final class EntryFilter {
    private static final String ANY = "*";

    private final GlobPattern glob;
    private final boolean any;

    public EntryFilter(String glob) {
        this.any = glob.equals(ANY);
        this.glob = new GlobPattern(glob);
    }

    /** A bare array file has no entry name, and so is always taken. */
    public boolean takes(ArchiveEntry entry) {
        String name = entry.name();
        return any || name == null || glob.matches(name);
    }
}
