package io.zipmap.job.extract;

import io.zipmap.plan.EntryTally;
import io.zipmap.plan.Plan;
import io.zipmap.store.ArrayRecord;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The arrays that extraction found, as records spread over the cluster. They stay persisted, and their files in
 * scratch, until this is closed and the application ends.
 */
public final class ArrayRecords implements AutoCloseable {
    private final Plan plan;
    private final JavaRDD<ExtractOutcome> outcomes;
    private final List<ExtractSummary> parts;

    public ArrayRecords(Plan plan, JavaRDD<ExtractOutcome> outcomes, List<ExtractSummary> parts) {
        this.plan = plan;
        this.outcomes = outcomes;
        this.parts = List.copyOf(parts);
    }

    /** One record an array. Tasks over it prefer the nodes that hold the files. */
    public JavaRDD<ArrayRecord> rdd() {
        return outcomes.flatMap(outcome -> outcome.record().stream().iterator());
    }

    /** What could not be extracted. */
    public JavaRDD<Failure> failures() {
        return outcomes.flatMap(outcome -> outcome.failure().stream().iterator());
    }

    public JavaRDD<ExtractOutcome> outcomes() {
        return outcomes;
    }

    public List<ExtractSummary> summaries() {
        return parts;
    }

    Plan plan() {
        return plan;
    }

    /** What was chosen of the entries that the archives have. */
    public EntryTally entries() {
        return parts.stream().map(ExtractSummary::entries).reduce(EntryTally.NONE, EntryTally::plus);
    }

    /** Number of arrays. */
    public long count() {
        return parts.stream().mapToLong(ExtractSummary::arrays).sum();
    }

    public long failureCount() {
        return parts.stream().mapToLong(ExtractSummary::failures).sum();
    }

    @Override
    public void close() {
        outcomes.unpersist(false);
        plan.close();
    }
}
