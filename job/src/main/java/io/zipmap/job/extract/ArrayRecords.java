package io.zipmap.job.extract;

import io.zipmap.plan.EntryTally;
import io.zipmap.plan.Plan;
import io.zipmap.store.ArrayRecord;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The result of the extract stage: one record for each extracted array, distributed over the executors. The records
 * stay persisted in Spark's block store until this is closed. The extracted files stay in scratch until the application
 * ends.
 */
public final class ArrayRecords implements AutoCloseable {
    private final Plan plan;
    private final JavaRDD<ExtractOutcome> outcomes;
    private final boolean shared;
    private final List<ExtractSummary> summaries;

    /** @param shared whether several tasks opened each archive */
    public ArrayRecords(Plan plan, JavaRDD<ExtractOutcome> outcomes, boolean shared, List<ExtractSummary> summaries) {
        this.plan = plan;
        this.outcomes = outcomes;
        this.shared = shared;
        this.summaries = List.copyOf(summaries);
    }

    /** One record for each array. Tasks over it prefer the executors that hold the files. */
    public JavaRDD<ArrayRecord> rdd() {
        return outcomes.flatMap(outcome -> outcome.record().stream().iterator());
    }

    /** The archives and entries that could not be extracted, each once. */
    public JavaRDD<Failure> failures() {
        JavaRDD<Failure> failures =
                outcomes.flatMap(outcome -> outcome.failure().stream().iterator());
        return shared && hasFailures() ? eachOnce(failures) : failures;
    }

    /** Leaves one failure of an archive that several tasks could not open. */
    private static JavaRDD<Failure> eachOnce(JavaRDD<Failure> failures) {
        JavaRDD<Failure> ofArchives = failures.filter(
                        failure -> failure.entryIndex().isEmpty())
                .keyBy(Failure::archive)
                .reduceByKey((one, another) -> one)
                .values();
        return failures.filter(failure -> failure.entryIndex().isPresent()).union(ofArchives);
    }

    /** Records, failures, archives and tallies, as the tasks gave them. */
    public JavaRDD<ExtractOutcome> outcomes() {
        return outcomes;
    }

    /** One summary for each partition of {@link #outcomes}, in order. */
    public List<ExtractSummary> summaries() {
        return summaries;
    }

    /** How many entries of the archives were chosen and left out. */
    public EntryTally entries() {
        return summaries.stream().map(ExtractSummary::entries).reduce(EntryTally.NONE, EntryTally::plus);
    }

    /** Number of arrays. */
    public long count() {
        return summaries.stream().mapToLong(ExtractSummary::arrays).sum();
    }

    /** Bytes of all arrays. */
    public long bytes() {
        return summaries.stream().mapToLong(ExtractSummary::bytes).sum();
    }

    /** Whether there are {@link #failures}. */
    public boolean hasFailures() {
        return summaries.stream().anyMatch(ExtractSummary::hasFailures);
    }

    @Override
    public void close() {
        outcomes.unpersist(false);
        plan.close();
    }
}
