package io.zipmap.plan;

import io.zipmap.options.Option;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How many entries were chosen and how many were left, and a few names of those that no glob matched. Immutable. */
public final class EntryTally implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Nothing was looked at. */
    public static final EntryTally NONE = new EntryTally(0, 0, 0, 0, new String[0]);

    private static final int MOST_NAMES = 10;
    private static final int LONGEST_NAME = 100;

    private final long taken;
    private final long superseded;
    private final long litter;
    private final long unmatched;
    private final String[] names;

    private EntryTally(long taken, long superseded, long litter, long unmatched, String[] names) {
        this.taken = taken;
        this.superseded = superseded;
        this.litter = litter;
        this.unmatched = unmatched;
        this.names = names;
    }

    EntryTally plus(long moreTaken, long moreSuperseded) {
        return new EntryTally(taken + moreTaken, superseded + moreSuperseded, litter, unmatched, names);
    }

    EntryTally plusLitter() {
        return new EntryTally(taken, superseded, litter + 1, unmatched, names);
    }

    /** @param hidden whether not to tell its name */
    EntryTally plusUnmatched(String name, boolean hidden) {
        boolean tell = !hidden && names.length < MOST_NAMES;
        return new EntryTally(
                taken, superseded, litter, unmatched + 1, tell ? union(names, new String[] {shown(name)}) : names);
    }

    private static String shown(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    public EntryTally plus(EntryTally other) {
        return new EntryTally(
                taken + other.taken,
                superseded + other.superseded,
                litter + other.litter,
                unmatched + other.unmatched,
                union(names, other.names));
    }

    private static String[] union(String[] some, String[] others) {
        Set<String> all = new LinkedHashSet<>(List.of(some));
        all.addAll(List.of(others));
        return all.stream().limit(MOST_NAMES).toArray(String[]::new);
    }

    /** Entries that are read. */
    public long taken() {
        return taken;
    }

    /** Entries that are not read, because a later entry of the archive has the same name. */
    public long superseded() {
        return superseded;
    }

    /** Entries that an operating system left, and that the user did not ask for. */
    public long litter() {
        return litter;
    }

    /** Entries that no glob matched. */
    long unmatched() {
        return unmatched;
    }

    /** Some of them, for people. */
    String names() {
        return names.length == 0
                ? unmatched + " entries, all of them litter"
                : String.join(", ", names) + (names.length == MOST_NAMES && unmatched > MOST_NAMES ? ", …" : "");
    }

    /** What was left of the entries that the inputs have, in sentences; none when nothing was. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (superseded > 0) {
            notes.add(superseded + (superseded == 1 ? " entry" : " entries")
                    + " superseded by a later one of the same name (" + Option.DUPLICATES.flag() + " all takes each)");
        }
        if (litter > 0) {
            notes.add(litter + (litter == 1 ? " entry" : " entries") + " of litter left out (" + Option.ENTRIES.flag()
                    + " '*' takes it)");
        }
        return notes;
    }
}
