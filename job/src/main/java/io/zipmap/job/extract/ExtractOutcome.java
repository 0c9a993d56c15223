package io.zipmap.job.extract;

import io.zipmap.plan.EntryTally;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One result of an extract task. An entry gives a record or a failure. An archive gives a {@link ProcessedArchive},
 * with a failure if its directory could not be read. A task gives one {@link EntryTally}. Immutable.
 */
public final class ExtractOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable ArrayRecord record;
    private final @Nullable Failure failure;
    private final @Nullable EntryTally tally;
    private final @Nullable ProcessedArchive archive;

    private ExtractOutcome(
            @Nullable ArrayRecord record,
            @Nullable Failure failure,
            @Nullable EntryTally tally,
            @Nullable ProcessedArchive archive) {
        this.record = record;
        this.failure = failure;
        this.tally = tally;
        this.archive = archive;
    }

    /** An entry that became an array. */
    public static ExtractOutcome extracted(ArrayRecord record) {
        return new ExtractOutcome(record, null, null, null);
    }

    /** An entry that could not be extracted. */
    static ExtractOutcome failed(Failure failure) {
        return new ExtractOutcome(null, failure, null, null);
    }

    /** The end of a task. */
    static ExtractOutcome tallied(EntryTally tally) {
        return new ExtractOutcome(null, null, tally, null);
    }

    /** An archive whose directory was read. */
    static ExtractOutcome opened(ProcessedArchive archive) {
        return new ExtractOutcome(null, null, null, archive);
    }

    /** An archive whose directory could not be read. */
    static ExtractOutcome unreadable(ProcessedArchive archive, Failure failure) {
        return new ExtractOutcome(null, failure, null, archive);
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

    public Optional<ProcessedArchive> archive() {
        return Optional.ofNullable(archive);
    }
}
