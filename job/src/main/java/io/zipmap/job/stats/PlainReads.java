package io.zipmap.job.stats;

import io.zipmap.job.extract.SliceRules;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;

/**
 * The reads of a map stage in which each slice was read from its file and nothing failed or was healed. The reads of an
 * array are then its slices, which its record tells without a look at the outcomes. Immutable.
 */
public final class PlainReads implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SliceRules slicing;

    PlainReads(SliceRules slicing) {
        this.slicing = slicing;
    }

    public ReadCounts of(ArrayRecord record) {
        ReadCounts reads = ReadCounts.NONE;
        for (SliceCutter slices = new SliceCutter(record, slicing); slices.hasNext(); slices.next()) {
            reads = reads.plus(ReadCounts.LOCAL);
        }
        return reads;
    }
}
