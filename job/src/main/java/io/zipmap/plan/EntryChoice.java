package io.zipmap.plan;

import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the entries that are read, for everything that reads archives, and counts what it leaves. Without globs that
 * is all but litter; of entries that unpack to one file it is the last. A glob goes over whole names, in which
 * {@code *} also matches {@code /}, and takes the member {@code x.npy} as {@code x} too. One thread, a task long.
 */
public final class EntryChoice {
    private static final String ANY = "*";
    private static final String SUFFIX = ".npy";

    private final boolean duplicates;
    private final boolean any;
    private final List<GlobPattern> globs;
    private final Set<String> literals = new HashSet<>();
    private EntryTally tally = EntryTally.NONE;

    public EntryChoice(EntryRules rules) {
        this.duplicates = rules.duplicates();
        this.any = rules.globs().isEmpty() || rules.globs().contains(ANY);
        this.globs = rules.globs().stream().map(GlobPattern::new).toList();
        rules.globs().forEach(glob -> literals.add(ArchiveEntry.unpackedPath(glob)));
    }

    /**
     * Of one archive: what is taken, and what a later entry of its name supersedes. Each in the order of the directory.
     */
    public record Entries(List<ArchiveEntry> taken, List<ArchiveEntry> superseded) {}

    /** @throws IOException when the source of the archive cannot be read */
    public Entries of(Archive archive) throws IOException {
        List<ArchiveEntry> matching = new ArrayList<>();
        for (ArchiveEntry entry : archive.entries()) {
            if (globs.isEmpty() && entry.isJunkFile()) {
                tally = tally.plusLitter();
            } else if (!takes(archive.ref().uri(), entry.name())) {
                tally = tally.plusUnmatched(name(archive.ref().uri(), entry.name()), entry.isJunkFile());
            } else if (entry.isFolderWithBytes() && !archive.mayBeNpy(entry)) {
                // What no reader makes a file of is no raw array either.
                tally = tally.plusLitter();
            } else {
                matching.add(entry);
            }
        }
        Entries chosen = duplicates || matching.size() < 2 ? new Entries(matching, List.of()) : lasts(matching);
        tally = tally.plus(chosen.taken().size(), chosen.superseded().size());
        return chosen;
    }

    private static Entries lasts(List<ArchiveEntry> all) {
        List<ArchiveEntry> taken = new ArrayList<>(all.size());
        List<ArchiveEntry> superseded = new ArrayList<>();
        Set<String> later = new HashSet<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            ArchiveEntry entry = all.get(i);
            String name = entry.name();
            (name == null || later.add(ArchiveEntry.unpackedPath(name)) ? taken : superseded).add(entry);
        }
        Collections.reverse(taken);
        Collections.reverse(superseded);
        return new Entries(taken, superseded);
    }

    /**
     * Whether an array that a former run took is taken. Neither litter nor names that are there twice are left then:
     * that run has chosen.
     */
    public boolean takesKnown(String archive, @Nullable String entry) {
        boolean takes = takes(archive, entry);
        tally = takes ? tally.plus(1, 0) : tally.plusUnmatched(name(archive, entry), false);
        return takes;
    }

    private boolean takes(String archive, @Nullable String entry) {
        return any || matches(ArchiveEntry.unpackedPath(name(archive, entry)));
    }

    private boolean matches(String name) {
        return matchesWhole(name)
                || name.endsWith(SUFFIX) && matchesWhole(name.substring(0, name.length() - SUFFIX.length()));
    }

    private boolean matchesWhole(String name) {
        if (literals.contains(name)) {
            return true;
        }
        for (GlobPattern glob : globs) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** A bare file goes by the name that it has as a file. */
    private static String name(String archive, @Nullable String entry) {
        return entry != null ? entry : new Path(URI.create(archive)).getName();
    }

    /** Of all that was asked so far. */
    public EntryTally tally() {
        return tally;
    }
}
