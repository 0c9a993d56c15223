package io.zipmap.job;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.output.ChangeCounts;
import io.zipmap.job.output.FailureSummary;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.Plan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The counts and times of one run, for the printed summary and the exit status. Immutable. */
public final class RunSummary {
    private final long archives;
    private final long archiveBytes;
    private final long arrays;
    private final long tooWide;
    private final long arrayBytes;
    private final long extractedBytes;
    private final FailureSummary failures;
    private final EntryTally entries;
    private final long largestRecord;
    private final Map<String, ReadCounts> reads;
    private final Map<String, Long> bytesRead;
    private final Map<String, Double> seconds;
    private final Optional<String> output;
    private final @Nullable ChangeCounts changes;
    private final long statisticsNotPrinted;

    /**
     * @param failures over the table {@code failures}
     * @param statisticsNotPrinted rows of statistics that a run without tables has not printed
     */
    RunSummary(
            Plan plan,
            ArrayRecords records,
            Aggregation aggregation,
            Map<String, Double> seconds,
            @Nullable ChangeCounts changes,
            FailureSummary failures,
            Optional<String> output,
            long statisticsNotPrinted) {
        List<ExtractSummary> tasks = records.summaries();
        this.changes = changes;
        this.output = output;
        this.entries = records.entries();
        this.archives = plan.count();
        this.archiveBytes = plan.bytes();
        this.arrays = tasks.stream().mapToLong(ExtractSummary::arrays).sum();
        this.tooWide = tasks.stream().mapToLong(ExtractSummary::tooWide).sum();
        this.arrayBytes = tasks.stream().mapToLong(ExtractSummary::bytes).sum();
        this.extractedBytes =
                tasks.stream().mapToLong(ExtractSummary::extractedBytes).sum();
        this.failures = failures;
        this.reads = aggregation.readsByHost();
        this.bytesRead = aggregation.bytesByHost();
        this.largestRecord =
                tasks.stream().mapToLong(ExtractSummary::largestRecord).max().orElse(0);
        this.seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
        this.statisticsNotPrinted = statisticsNotPrinted;
    }

    /** Archives that this run processed. */
    public long archives() {
        return archives;
    }

    /** Differences from the archives of the former run; empty unless this run was incremental and had one. */
    public Optional<ChangeCounts> changes() {
        return Optional.ofNullable(changes);
    }

    /** Bytes of the processed archives, compressed. */
    public long archiveBytes() {
        return archiveBytes;
    }

    /** Arrays of the processed archives. */
    public long arrays() {
        return arrays;
    }

    /** Arrays without rows in {@code column_stats}, because they have too many columns. */
    public long tooWide() {
        return tooWide;
    }

    /** Bytes of the arrays, in scratch or in place. */
    public long arrayBytes() {
        return arrayBytes;
    }

    /** Bytes of arrays that this run wrote to scratch. */
    public long extractedBytes() {
        return extractedBytes;
    }

    /** Number of rows of the table {@code failures}. */
    public long failures() {
        return failures.count();
    }

    /** The first failures, and their number by condition. */
    public FailureSummary failureSummary() {
        return failures;
    }

    /** Rows of statistics that a run without tables and queries has not printed, because there are too many. */
    public long statisticsNotPrinted() {
        return statisticsNotPrinted;
    }

    /** How many entries of the processed archives were chosen and left out. */
    public EntryTally entries() {
        return entries;
    }

    /** Bytes of the largest record, as Spark's serialiser writes it. */
    public long largestRecord() {
        return largestRecord;
    }

    /** The folder of the tables, as the user named it; empty if the run kept none. */
    public Optional<String> output() {
        return output;
    }

    /** Slices read in the map stage, by host. */
    public Map<String, ReadCounts> reads() {
        return reads;
    }

    /** Bytes read in the map stage, by host. */
    public Map<String, Long> bytesRead() {
        return bytesRead;
    }

    /** Wall-clock seconds by stage, in the order in which the stages ran. */
    public Map<String, Double> seconds() {
        return seconds;
    }
}
