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
    private final List<ExtractSummary> summaries;

    public ArrayRecords(Plan plan, JavaRDD<ExtractOutcome> outcomes, List<ExtractSummary> summaries) {
        this.plan = plan;
        this.outcomes = outcomes;
        this.summaries = List.copyOf(summaries);
    }

    /** One record for each array. Tasks over it prefer the executors that hold the files. */
    public JavaRDD<ArrayRecord> rdd() {
        return outcomes.flatMap(outcome -> outcome.record().stream().iterator());
    }

    /** The archives and entries that could not be extracted. */
    public JavaRDD<Failure> failures() {
        return outcomes.flatMap(outcome -> outcome.failure().stream().iterator());
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

    public long failureCount() {
        return summaries.stream().mapToLong(ExtractSummary::failures).sum();
    }

    @Override
    public void close() {
        outcomes.unpersist(false);
        plan.close();
    }
}
