package io.zipmap.plan;

import io.zipmap.archive.ArchiveEntry;
import org.apache.hadoop.fs.GlobPattern;
import org.jspecify.annotations.Nullable;

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
        return takes(entry.name());
    }

    /** @param name of an entry; null for a bare array file */
    public boolean takes(@Nullable String name) {
        return any || name == null || glob.matches(name);
    }
}
