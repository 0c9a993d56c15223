package io.zipmap.job;

import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.job.stats.ColumnTotals;
import io.zipmap.store.ArrayRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run at one time, for its report: also while it runs and after it has failed. Its size is bounded,
 * however many arrays the run has. Immutable.
 */
public final class RunFacts {
    /** Most arrays that are shown one by one. */
    public static final int MOST_ARRAYS = 10_000;

    /** Most failures that are shown one by one. */
    public static final int MOST_FAILURES = 1_000;

    private final List<StageTime> stages;
    private final @Nullable RunSummary summary;
    private final Map<String, HostWork> extracted;
    private final Map<String, HostWork> mapped;
    private final ColumnTotals columns;
    private final long sampledEvery;
    private final List<ArrayRecord> arrays;
    private final FailureSummary failures;

    RunFacts(
            List<StageTime> stages,
            @Nullable RunSummary summary,
            List<ExtractSummary> extractTasks,
            ColumnTotals columns,
            long sampledEvery,
            List<ArrayRecord> arrays,
            FailureSummary failures) {
        this.stages = List.copyOf(stages);
        this.summary = summary;
        this.extracted = extracted(extractTasks);
        this.mapped = summary == null ? Map.of() : mapped(summary);
        this.columns = columns;
        this.sampledEvery = sampledEvery;
        this.arrays = List.copyOf(arrays);
        this.failures = failures;
    }

    private static Map<String, HostWork> extracted(List<ExtractSummary> tasks) {
        Map<String, HostWork> work = new TreeMap<>();
        for (ExtractSummary task : tasks) {
            work.merge(task.host(), new HostWork(task.arrays(), task.bytes(), task.reused()), HostWork::plus);
        }
        return work;
    }

    private static Map<String, HostWork> mapped(RunSummary summary) {
        Map<String, HostWork> work = new TreeMap<>();
        summary.reads()
                .forEach((host, reads) -> work.put(
                        host,
                        new HostWork(
                                reads.local() + reads.healed(),
                                summary.bytesRead().getOrDefault(host, 0L),
                                0)));
        return work;
    }

    /**
     * What the tasks of one stage did on one host.
     *
     * @param units arrays in the extract stage, slices in the map stage
     * @param bytes of the arrays
     * @param reused arrays that were in scratch already
     */
    public record HostWork(long units, long bytes, long reused) {
        HostWork plus(HostWork other) {
            return new HostWork(units + other.units, bytes + other.bytes, reused + other.reused);
        }
    }

    /** The stages so far, in the order in which they began. */
    public List<StageTime> stages() {
        return stages;
    }

    /** Counts and times; empty if the run has not come to its end. */
    public Optional<RunSummary> summary() {
        return Optional.ofNullable(summary);
    }

    /** The extract stage by host, sorted. */
    public Map<String, HostWork> extracted() {
        return extracted;
    }

    /** The map stage by host, sorted. */
    public Map<String, HostWork> mapped() {
        return mapped;
    }

    /** Arrays that were extracted so far. */
    public long arrayCount() {
        return extracted.values().stream().mapToLong(HostWork::units).sum();
    }

    /** Bytes of the arrays that were extracted so far. */
    public long arrayBytes() {
        return extracted.values().stream().mapToLong(HostWork::bytes).sum();
    }

    /** The statistics and samples of the first columns. */
    public ColumnTotals columns() {
        return columns;
    }

    /** N, if every N-th row is in the samples. */
    public long sampledEvery() {
        return sampledEvery;
    }

    /** The first arrays, at most {@value #MOST_ARRAYS}. */
    public List<ArrayRecord> arrays() {
        return arrays;
    }

    /** The number of failures, and the first {@value #MOST_FAILURES}. */
    public FailureSummary failures() {
        return failures;
    }
}
