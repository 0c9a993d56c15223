package io.zipmap.job.output;

import java.util.Map;

/**
 * Numbers of archives by their difference from the former run.
 *
 * @param carriedOver unchanged
 * @param added new
 * @param changed with another length, version or directory
 * @param again unchanged, but processed again, as {@link ArchiveChange#AGAIN} says
 * @param removed no longer among the inputs
 */
public record ChangeCounts(long carriedOver, long added, long changed, long again, long removed) {
    /** @param counts by {@link ArchiveChange#word()} */
    static ChangeCounts of(Map<String, Long> counts) {
        return new ChangeCounts(
                counts.getOrDefault(ArchiveChange.UNCHANGED.word(), 0L),
                counts.getOrDefault(ArchiveChange.ADDED.word(), 0L),
                counts.getOrDefault(ArchiveChange.CHANGED.word(), 0L),
                counts.getOrDefault(ArchiveChange.AGAIN.word(), 0L),
                counts.getOrDefault(ArchiveChange.REMOVED.word(), 0L));
    }

    /** Whether the tables of the former run are still right as they are. */
    public boolean none() {
        return added + changed + again + removed == 0;
    }
}
