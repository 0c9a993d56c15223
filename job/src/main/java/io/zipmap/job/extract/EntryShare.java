package io.zipmap.job.extract;

import io.zipmap.archive.ArchiveEntry;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The part of an archive's entries that one extract task takes, so that few large archives give work to all cores. A
 * share is a run of neighbours, so the tasks together give the entries in the order of the directory. Immutable.
 */
public final class EntryShare implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Least bytes of archives in a share: decoding fewer costs less than another task. */
    private static final long MIN_BYTES = 16 << 20;

    private static final EntryShare WHOLE = new EntryShare(0, 1);

    private final int index;
    private final int count;

    private EntryShare(int index, int count) {
        this.index = index;
        this.count = count;
    }

    /**
     * The shares of each archive: more than one if there would be fewer tasks than cores.
     *
     * @param bytes of all archives
     */
    public static List<EntryShare> of(int tasks, long bytes, int cores) {
        long worthwhile = bytes / MIN_BYTES / Math.max(1, tasks);
        int count = (int) Math.max(1, Math.min(worthwhile, (cores + tasks - 1L) / Math.max(1, tasks)));
        return IntStream.range(0, count)
                .mapToObj(index -> new EntryShare(index, count))
                .toList();
    }

    /** All entries. */
    static EntryShare whole() {
        return WHOLE;
    }

    /** Whether the task of this share gives the outcomes of whole archives, beside those of its entries. */
    boolean isFirst() {
        return index == 0;
    }

    /** The entries of this share: about equal bytes, each entry in one share. */
    List<ArchiveEntry> take(List<ArchiveEntry> entries) {
        if (count == 1) {
            return entries;
        }
        // Sizes are what a hostile directory declares: their sum may exceed a long.
        double total = entries.stream().mapToDouble(EntryShare::weight).sum();
        double[] before = {0};
        return entries.stream()
                .filter(entry -> {
                    double middle = before[0] + weight(entry) / 2;
                    before[0] += weight(entry);
                    return Math.min(count - 1, (int) (middle / total * count)) == index;
                })
                .toList();
    }

    private static double weight(ArchiveEntry entry) {
        return entry.size() + 1.0;
    }

    @Override
    public String toString() {
        return index + 1 + " of " + count;
    }
}
