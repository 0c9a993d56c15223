package io.zipmap.job;

import io.zipmap.plan.EntryTally;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one entry: a record, or a failure; or, once an archive, what was seen of it; or, once a task, how many entries were
 * chosen. Immutable.
 */
final class Outcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable ArrayRecord record;
    private final @Nullable Failure failure;
    private final @Nullable EntryTally tally;
    private final @Nullable SeenArchive seen;

    private Outcome(
            @Nullable ArrayRecord record,
            @Nullable Failure failure,
            @Nullable EntryTally tally,
            @Nullable SeenArchive seen) {
        this.record = record;
        this.failure = failure;
        this.tally = tally;
        this.seen = seen;
    }

    static Outcome of(ArrayRecord record) {
        return new Outcome(record, null, null, null);
    }

    static Outcome of(Failure failure) {
        return new Outcome(null, failure, null, null);
    }

    static Outcome of(EntryTally tally) {
        return new Outcome(null, null, tally, null);
    }

    static Outcome of(SeenArchive seen) {
        return new Outcome(null, null, null, seen);
    }

    /** An archive that could not be opened. */
    static Outcome of(SeenArchive seen, Failure failure) {
        return new Outcome(null, failure, null, seen);
    }

    Optional<ArrayRecord> record() {
        return Optional.ofNullable(record);
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    Optional<EntryTally> tally() {
        return Optional.ofNullable(tally);
    }

    Optional<SeenArchive> seen() {
        return Optional.ofNullable(seen);
    }
}
