package io.zipmap.job;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.output.ChangeCounts;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.ColumnTotals;
import io.zipmap.job.stats.RowSample;
import io.zipmap.plan.Plan;
import io.zipmap.store.ArrayRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what becomes known of a run, stage by stage. Threads of the run that publish may call it too. */
final class RunFactsCollector {
    private final StageTimer timer;
    private final Optional<String> output;
    private @Nullable Plan plan;
    private @Nullable ArrayRecords records;
    private @Nullable Aggregation aggregation;
    private @Nullable ChangeCounts changes;
    private @Nullable RowSample sample;
    private ColumnTotals columns = new ColumnTotals();
    private List<ArrayRecord> arrays = List.of();
    private FailureSummary failures = FailureSummary.NONE;
    private long notPrinted;

    RunFactsCollector(StageTimer timer, Optional<String> output) {
        this.timer = timer;
        this.output = output;
    }

    synchronized void extracted(ArrayRecords extracted) {
        records = extracted;
    }

    synchronized void mapped(Plan planned, Aggregation mapped) {
        plan = planned;
        aggregation = mapped;
    }

    /** @param found null unless the run is incremental */
    synchronized void changes(@Nullable ChangeCounts found) {
        changes = found;
    }

    /** @param rows whose values are sampled; null for none */
    synchronized void sample(@Nullable RowSample rows) {
        sample = rows;
    }

    synchronized void columns(ColumnTotals totals) {
        columns = totals;
    }

    synchronized void arrays(List<ArrayRecord> first) {
        arrays = first;
    }

    synchronized void failures(FailureSummary found) {
        failures = found;
    }

    /** @param rows of statistics that a run without tables has not printed */
    synchronized void notPrinted(long rows) {
        notPrinted = rows;
    }

    /** @throws IllegalStateException before the map stage has ended */
    synchronized RunSummary summary() {
        if (plan == null || records == null || aggregation == null) {
            throw new IllegalStateException("Not mapped yet");
        }
        return new RunSummary(plan, records, aggregation, timer.seconds(), changes, failures, output, notPrinted);
    }

    /** The facts so far. */
    synchronized RunFacts now() {
        List<ExtractSummary> tasks = records == null ? List.of() : records.summaries();
        return new RunFacts(
                timer.times(),
                aggregation == null ? null : summary(),
                tasks,
                columns,
                sample == null ? 1 : sample.every(),
                arrays,
                failures);
    }
}
