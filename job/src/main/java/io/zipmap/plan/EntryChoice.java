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
 * Chooses the entries of archives to read, by the {@link EntryRules} of the user, and tallies the others. Without globs
 * it chooses all entries except junk. Of several entries of one name it chooses the last. A glob matches whole names:
 * {@code *} also matches {@code /}, and {@code x} also matches the entry {@code x.npy}. One thread, for one task.
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
     * The chosen entries of one archive, and the entries that a later entry of the same name supersedes. Both lists are
     * in the order of the directory.
     */
    public record Entries(List<ArchiveEntry> taken, List<ArchiveEntry> superseded) {}

    /** @throws IOException if the archive cannot be read */
    public Entries choose(Archive archive) throws IOException {
        List<ArchiveEntry> matching = new ArrayList<>();
        for (ArchiveEntry entry : archive.entries()) {
            if (globs.isEmpty() && entry.isJunkFile()) {
                tally = tally.plusJunk();
            } else if (!takes(archive.ref().uri(), entry.name())) {
                tally = tally.plusUnmatched(name(archive.ref().uri(), entry.name()), entry.isJunkFile());
            } else if (entry.isFolderWithBytes() && !archive.mayBeNpy(entry)) {
                // Other readers make no file of such an entry, so it is no raw array either.
                tally = tally.plusJunk();
            } else {
                matching.add(entry);
            }
        }
        Entries chosen =
                duplicates || matching.size() < 2 ? new Entries(matching, List.of()) : lastOfEachName(matching);
        tally = tally.plusTaken(chosen.taken().size(), chosen.superseded().size());
        return chosen;
    }

    private static Entries lastOfEachName(List<ArchiveEntry> all) {
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
     * Whether the globs match an array that a former run read. Junk and duplicate names are not excluded again: the
     * former run decided on them.
     */
    public boolean takesKnown(String archive, @Nullable String entry) {
        boolean takes = takes(archive, entry);
        tally = takes ? tally.plusTaken(1, 0) : tally.plusUnmatched(name(archive, entry), false);
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

    /** The name of an entry; for a bare .npy file, its file name. */
    private static String name(String archive, @Nullable String entry) {
        return entry != null ? entry : new Path(URI.create(archive)).getName();
    }

    /** The tally of all entries so far. */
    public EntryTally tally() {
        return tally;
    }
}
