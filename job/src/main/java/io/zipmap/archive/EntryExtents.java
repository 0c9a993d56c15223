package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Byte ranges of the entries in the file, checked for overlaps. A zip bomb expands a small archive to a huge output
 * through entries that share bytes (Fifield, "A better zip bomb", WOOT 2019); no valid writer makes them. If several
 * entries of one name share a local header, only the last can be read, so no byte is decoded twice.
 */
final class EntryExtents {
    private final long[] starts;
    private final long directory;
    private final BitSet duplicates;

    private EntryExtents(long[] starts, long directory, BitSet duplicates) {
        this.starts = starts;
        this.directory = directory;
        this.duplicates = duplicates;
    }

    /**
     * @param entries all entries, folders included
     * @param directory offset of the central directory
     * @throws ZipmapException {@code ENTRIES_OVERLAP}
     */
    static EntryExtents of(List<ArchiveEntry> entries, long directory) throws ZipmapException {
        ArchiveEntry[] sorted = entries.toArray(new ArchiveEntry[0]);
        Arrays.sort(sorted, Comparator.comparingLong(entry -> entry.header().offset()));
        long[] starts = new long[sorted.length];
        BitSet duplicates = new BitSet();
        int count = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            long start = sorted[from].header().offset();
            to = from + 1;
            while (to < sorted.length && sorted[to].header().offset() == start) {
                to++;
            }
            boolean last = to == sorted.length || sorted[to].header().offset() >= directory;
            long next = last ? directory : sorted[to].header().offset();
            for (int i = from; i < to; i++) {
                checkEnd(sorted[i], directory, next, last ? "the central directory" : sorted[to].toString());
            }
            if (to - from > 1) {
                addDuplicates(sorted, from, to, duplicates);
            }
            starts[count++] = start;
        }
        return new EntryExtents(Arrays.copyOf(starts, count), directory, duplicates);
    }

    private static void checkEnd(ArchiveEntry entry, long directory, long next, String follower)
            throws ZipmapException {
        // An entry that starts after the directory is no overlap. It has no local header, which fails when it is read.
        long end = entry.header().end();
        if (end < 0 || (entry.header().offset() < directory && end > next)) {
            throw new ZipmapException(Condition.ENTRIES_OVERLAP, "Cannot trust an archive whose entries overlap")
                    .entry(entry.name())
                    .expected("to end at or before " + next + ", where " + follower + " begins")
                    .actual("ends at " + Long.toUnsignedString(end) + " or later");
        }
    }

    /** Marks all entries but the last that have one local header and one name. */
    private static void addDuplicates(ArchiveEntry[] sorted, int from, int to, BitSet duplicates) {
        Set<Long> later = new HashSet<>();
        for (int i = to - 1; i >= from; i--) {
            ZipCentralHeader header = sorted[i].header();
            if (!later.add((long) header.nameLength() << Integer.SIZE | header.nameCrc() & 0xFFFFFFFFL)) {
                duplicates.set(sorted[i].index());
            }
        }
    }

    /** @throws ZipmapException {@code ENTRIES_OVERLAP} if a later entry of the same name has the same local header */
    void checkNotDuplicate(ArchiveEntry entry) throws ZipmapException {
        if (duplicates.get(entry.index())) {
            throw new ZipmapException(
                            Condition.ENTRIES_OVERLAP, "Cannot read an entry that shares its bytes with a later entry")
                    .expected("one entry for the local header at offset "
                            + entry.header().offset());
        }
    }

    /** Largest allowed end offset of the entry whose local header is at {@code offset}. */
    long limit(long offset) {
        int next = Arrays.binarySearch(starts, offset) + 1;
        return next < starts.length ? Math.min(starts[next], directory) : directory;
    }
}
