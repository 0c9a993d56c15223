package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which bytes of the file belong to which entry. Entries that share bytes are how a small archive becomes a huge output
 * (Fifield, "A better zip bomb", WOOT 2019), and no sound writer makes them.
 */
final class Extents {
    private final long[] starts;
    private final long directory;

    private Extents(long[] starts, long directory) {
        this.starts = starts;
        this.directory = directory;
    }

    /**
     * @param entries all entries, folders included
     * @param directory where the central directory starts
     * @throws ZipmapException {@code ENTRIES_OVERLAP}
     */
    static Extents of(List<ArchiveEntry> entries, long directory) throws ZipmapException {
        ArchiveEntry[] sorted = entries.toArray(new ArchiveEntry[0]);
        Arrays.sort(sorted, Comparator.comparingLong(entry -> entry.header().offset()));
        long[] starts = new long[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            starts[i] = sorted[i].header().offset();
            boolean last = i + 1 == sorted.length || sorted[i + 1].header().offset() >= directory;
            long next = last ? directory : sorted[i + 1].header().offset();
            // One that begins past the others is no overlap: it has no local header there, which is its own failure.
            long end = sorted[i].header().end();
            if (end < 0 || (starts[i] < directory && end > next)) {
                throw new ZipmapException(
                                Condition.ENTRIES_OVERLAP, "Cannot trust an archive whose entries share bytes")
                        .entry(sorted[i].name())
                        .expected("to end at or before " + next + ", where "
                                + (last ? "the central directory" : sorted[i + 1]) + " begins")
                        .actual("ends at " + Long.toUnsignedString(end) + " or later");
            }
        }
        return new Extents(starts, directory);
    }

    /** Where the bytes of the entry whose local header is at {@code offset} must have ended. */
    long end(long offset) {
        int next = Arrays.binarySearch(starts, offset) + 1;
        return next < starts.length ? Math.min(starts[next], directory) : directory;
    }
}
