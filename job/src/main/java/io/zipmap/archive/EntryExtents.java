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
 * Which bytes of the file belong to which entry. Entries that share bytes are how a small archive becomes a huge output
 * (Fifield, "A better zip bomb", WOOT 2019), and no sound writer makes them. Where the directory names one local header
 * more than once, the last entry alone of those that agree with it can be read, so that no byte is decoded for two.
 */
final class EntryExtents {
    private final long[] starts;
    private final long directory;
    private final BitSet namedAgain;

    private EntryExtents(long[] starts, long directory, BitSet namedAgain) {
        this.starts = starts;
        this.directory = directory;
        this.namedAgain = namedAgain;
    }

    /**
     * @param entries all entries, folders included
     * @param directory where the central directory starts
     * @throws ZipmapException {@code ENTRIES_OVERLAP}
     */
    static EntryExtents of(List<ArchiveEntry> entries, long directory) throws ZipmapException {
        ArchiveEntry[] sorted = entries.toArray(new ArchiveEntry[0]);
        Arrays.sort(sorted, Comparator.comparingLong(entry -> entry.header().offset()));
        long[] starts = new long[sorted.length];
        BitSet namedAgain = new BitSet();
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
                noteNamedAgain(sorted, from, to, namedAgain);
            }
            starts[count++] = start;
        }
        return new EntryExtents(Arrays.copyOf(starts, count), directory, namedAgain);
    }

    private static void checkEnd(ArchiveEntry entry, long directory, long next, String follower)
            throws ZipmapException {
        // One that begins past the others is no overlap: it has no local header there, which is its own failure.
        long end = entry.header().end();
        if (end < 0 || (entry.header().offset() < directory && end > next)) {
            throw new ZipmapException(Condition.ENTRIES_OVERLAP, "Cannot trust an archive whose entries share bytes")
                    .entry(entry.name())
                    .expected("to end at or before " + next + ", where " + follower + " begins")
                    .actual("ends at " + Long.toUnsignedString(end) + " or later");
        }
    }

    /** Entries of one header and one name: the local header would agree with each of them. */
    private static void noteNamedAgain(ArchiveEntry[] sorted, int from, int to, BitSet namedAgain) {
        Set<Long> later = new HashSet<>();
        for (int i = to - 1; i >= from; i--) {
            ZipCentralHeader header = sorted[i].header();
            if (!later.add((long) header.nameLength() << Integer.SIZE | header.nameCrc() & 0xFFFFFFFFL)) {
                namedAgain.set(sorted[i].index());
            }
        }
    }

    /** @throws ZipmapException {@code ENTRIES_OVERLAP} when the directory names the local header of this entry again */
    void checkNamedOnce(ArchiveEntry entry) throws ZipmapException {
        if (namedAgain.get(entry.index())) {
            throw new ZipmapException(
                            Condition.ENTRIES_OVERLAP, "Cannot read an entry whose bytes a later entry has too")
                    .expected("one entry for the local header at offset "
                            + entry.header().offset());
        }
    }

    /** Where the bytes of the entry whose local header is at {@code offset} must have ended. */
    long end(long offset) {
        int next = Arrays.binarySearch(starts, offset) + 1;
        return next < starts.length ? Math.min(starts[next], directory) : directory;
    }
}
