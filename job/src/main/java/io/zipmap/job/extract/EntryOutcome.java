package io.zipmap.job.extract;

import io.zipmap.plan.EntryTally;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one entry: a record, or a failure; or, once an archive, what was seen of it; or, once a task, how many
 * entries were chosen. Immutable.
 */
public final class EntryOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable ArrayRecord record;
    private final @Nullable Failure failure;
    private final @Nullable EntryTally tally;
    private final @Nullable SeenArchive seen;

    private EntryOutcome(
            @Nullable ArrayRecord record,
            @Nullable Failure failure,
            @Nullable EntryTally tally,
            @Nullable SeenArchive seen) {
        this.record = record;
        this.failure = failure;
        this.tally = tally;
        this.seen = seen;
    }

    public static EntryOutcome of(ArrayRecord record) {
        return new EntryOutcome(record, null, null, null);
    }

    public static EntryOutcome of(Failure failure) {
        return new EntryOutcome(null, failure, null, null);
    }

    static EntryOutcome of(EntryTally tally) {
        return new EntryOutcome(null, null, tally, null);
    }

    static EntryOutcome of(SeenArchive seen) {
        return new EntryOutcome(null, null, null, seen);
    }

    /** An archive that could not be opened. */
    static EntryOutcome of(SeenArchive seen, Failure failure) {
        return new EntryOutcome(null, failure, null, seen);
    }

    public Optional<ArrayRecord> record() {
        return Optional.ofNullable(record);
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    Optional<EntryTally> tally() {
        return Optional.ofNullable(tally);
    }

    public Optional<SeenArchive> seen() {
        return Optional.ofNullable(seen);
    }
}
