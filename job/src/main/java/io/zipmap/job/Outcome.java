package io.zipmap.job;

import io.zipmap.plan.EntryTally;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one entry: a record, or a failure; or, once a task, how many entries were chosen. Immutable. */
final class Outcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable ArrayRecord record;
    private final @Nullable Failure failure;
    private final @Nullable EntryTally tally;

    private Outcome(@Nullable ArrayRecord record, @Nullable Failure failure, @Nullable EntryTally tally) {
        this.record = record;
        this.failure = failure;
        this.tally = tally;
    }

    static Outcome of(ArrayRecord record) {
        return new Outcome(record, null, null);
    }

    static Outcome of(Failure failure) {
        return new Outcome(null, failure, null);
    }

    static Outcome of(EntryTally tally) {
        return new Outcome(null, null, tally);
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
}
