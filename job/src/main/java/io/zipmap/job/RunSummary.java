package io.zipmap.job;

import io.zipmap.job.extract.ArrayRecords;
import io.zipmap.job.extract.ExtractSummary;
import io.zipmap.job.output.ChangeCounts;
import io.zipmap.job.stats.Aggregation;
import io.zipmap.job.stats.ReadCounts;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run did, for people and for exit codes. Immutable. */
public final class RunSummary {
    private final long archives;
    private final long archiveBytes;
    private final long arrays;
    private final long tooWide;
    private final long arrayBytes;
    private final long extractedBytes;
    private final long failures;
    private final EntryTally entries;
    private final long largestRecord;
    private final Map<String, ReadCounts> reads;
    private final Map<String, Double> seconds;
    private final @Nullable ChangeCounts changes;

    /** @param formerFailures rows that were carried over */
    RunSummary(
            Plan plan,
            ArrayRecords records,
            Aggregation aggregation,
            Map<String, Double> seconds,
            @Nullable ChangeCounts changes,
            long formerFailures) {
        List<ExtractSummary> parts = records.summaries();
        this.changes = changes;
        this.entries = records.entries();
        this.archives = plan.count();
        this.archiveBytes = plan.bytes();
        this.arrays = parts.stream().mapToLong(ExtractSummary::arrays).sum();
        this.tooWide = parts.stream().mapToLong(ExtractSummary::tooWide).sum();
        this.arrayBytes = parts.stream().mapToLong(ExtractSummary::bytes).sum();
        this.extractedBytes =
                parts.stream().mapToLong(ExtractSummary::extractedBytes).sum();
        this.failures =
                parts.stream().mapToLong(ExtractSummary::failures).sum() + aggregation.failureCount() + formerFailures;
        this.reads = aggregation.readsByHost();
        this.largestRecord =
                parts.stream().mapToLong(ExtractSummary::largestRecord).max().orElse(0);
        this.seconds = seconds;
    }

    /** Archives that this run did. */
    public long archives() {
        return archives;
    }

    /** How the archives differ from those of the former run; empty unless this run went on from one. */
    public Optional<ChangeCounts> changes() {
        return Optional.ofNullable(changes);
    }

    /** Bytes of these archives as they are stored. */
    public long archiveBytes() {
        return archiveBytes;
    }

    /** Arrays that this run extracted, or found ready. */
    public long arrays() {
        return arrays;
    }

    /** Those of them that have no rows in the table {@code column_stats}, because they have too many columns. */
    public long tooWide() {
        return tooWide;
    }

    /** Bytes of these arrays, wherever they lie. */
    public long arrayBytes() {
        return arrayBytes;
    }

    /** Bytes of arrays that this run wrote to scratch. */
    public long extractedBytes() {
        return extractedBytes;
    }

    /** Rows of the table {@code failures}. */
    public long failures() {
        return failures;
    }

    /** What was chosen of the entries of the archives that this run did. */
    public EntryTally entries() {
        return entries;
    }

    /** Bytes of the largest record that crossed, as Spark's serialiser writes it. */
    public long largestRecord() {
        return largestRecord;
    }

    /** Slices read in the map stage, by host. */
    public Map<String, ReadCounts> reads() {
        return reads;
    }

    /** Wall-clock seconds by stage, in the order in which they ran. */
    public Map<String, Double> seconds() {
        return seconds;
    }
}
