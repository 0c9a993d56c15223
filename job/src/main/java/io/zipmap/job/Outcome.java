package io.zipmap.job;

import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one entry: a record, or a failure. Immutable. */
final class Outcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable ArrayRecord record;
    private final @Nullable Failure failure;

    private Outcome(@Nullable ArrayRecord record, @Nullable Failure failure) {
        this.record = record;
        this.failure = failure;
    }

    static Outcome of(ArrayRecord record) {
        return new Outcome(record, null);
    }

    static Outcome of(Failure failure) {
        return new Outcome(null, failure);
    }

    Optional<ArrayRecord> record() {
        return Optional.ofNullable(record);
    }

    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }
}
