package io.zipmap.plan;

import io.zipmap.options.Option;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts of the entries that were chosen and left out, with some names of the entries that no glob matched. Immutable.
 */
public final class EntryTally implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No entries. */
    public static final EntryTally NONE = new EntryTally(0, 0, 0, 0, new String[0]);

    private static final int MAX_NAMES = 10;
    private static final int MAX_NAME_CHARS = 100;

    private final long taken;
    private final long superseded;
    private final long junk;
    private final long unmatched;
    private final String[] names;

    private EntryTally(long taken, long superseded, long junk, long unmatched, String[] names) {
        this.taken = taken;
        this.superseded = superseded;
        this.junk = junk;
        this.unmatched = unmatched;
        this.names = names;
    }

    EntryTally plusTaken(long moreTaken, long moreSuperseded) {
        return new EntryTally(taken + moreTaken, superseded + moreSuperseded, junk, unmatched, names);
    }

    EntryTally plusJunk() {
        return new EntryTally(taken, superseded, junk + 1, unmatched, names);
    }

    /** @param hidden whether the name is not kept */
    EntryTally plusUnmatched(String name, boolean hidden) {
        boolean keep = !hidden && names.length < MAX_NAMES;
        return new EntryTally(
                taken, superseded, junk, unmatched + 1, keep ? union(names, new String[] {shorten(name)}) : names);
    }

    private static String shorten(String name) {
        return name.length() <= MAX_NAME_CHARS ? name : name.substring(0, MAX_NAME_CHARS) + "…";
    }

    public EntryTally plus(EntryTally other) {
        return new EntryTally(
                taken + other.taken,
                superseded + other.superseded,
                junk + other.junk,
                unmatched + other.unmatched,
                union(names, other.names));
    }

    private static String[] union(String[] some, String[] others) {
        Set<String> all = new LinkedHashSet<>(List.of(some));
        all.addAll(List.of(others));
        return all.stream().limit(MAX_NAMES).toArray(String[]::new);
    }

    /** Number of chosen entries. */
    public long taken() {
        return taken;
    }

    /** Number of entries left out because a later entry of the archive has the same name. */
    public long superseded() {
        return superseded;
    }

    /** Number of entries left out because an operating system added them. */
    public long junk() {
        return junk;
    }

    /** Number of entries that no glob matched. */
    long unmatched() {
        return unmatched;
    }

    /** Some names of the entries that no glob matched, for a message. */
    String names() {
        return names.length == 0
                ? unmatched + " entries, all of them junk"
                : String.join(", ", names) + (names.length == MAX_NAMES && unmatched > MAX_NAMES ? ", …" : "");
    }

    /** Clauses about the entries that were left out, which mention options; empty if there are none. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (superseded > 0) {
            notes.add(superseded + (superseded == 1 ? " entry" : " entries")
                    + " superseded by a later one of the same name (" + Option.DUPLICATES.mention("all")
                    + " takes each)");
        }
        if (junk > 0) {
            notes.add(junk + " junk " + (junk == 1 ? "entry" : "entries") + " left out (" + Option.ENTRIES.mention("*")
                    + " takes it)");
        }
        return notes;
    }
}
