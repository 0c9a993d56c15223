package io.zipmap.job.extract;

import io.zipmap.plan.EntryTally;
import io.zipmap.plan.StoreAccess;
import io.zipmap.store.ArrayRecord;
import io.zipmap.store.Placement;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Sums over the outcomes of one extract task, small enough for the driver. The records are not among them. */
public final class ExtractSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String host = StoreAccess.host();
    private EntryTally entries = EntryTally.NONE;
    private long arrays;
    private long tooWide;
    private boolean hasFailures;
    private long bytes;
    private long extractedBytes;
    private long reused;
    private long rows;
    private long firstValues;
    private long largestRecord;
    private long tiles;

    private ExtractSummary() {}

    private static ExtractSummary sum(Iterator<ExtractOutcome> outcomes, SliceRules slicing) {
        SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
        ClassTag<ArrayRecord> tag = ClassTag$.MODULE$.apply(ArrayRecord.class);
        ExtractSummary summary = new ExtractSummary();
        while (outcomes.hasNext()) {
            ExtractOutcome outcome = outcomes.next();
            outcome.record()
                    .ifPresent(record -> summary.add(
                            record, serializer.serialize(record, tag).remaining(), slicing));
            summary.hasFailures |= outcome.failure().isPresent();
            summary.entries = outcome.tally().map(summary.entries::plus).orElse(summary.entries);
        }
        return summary;
    }

    private void add(ArrayRecord record, long recordBytes, SliceRules slicing) {
        arrays++;
        tooWide += slicing.tooWide(record.layout()) ? 1 : 0;
        tiles += slicing.tiles(record.layout());
        bytes += record.bytes();
        extractedBytes += record.placed() == Placement.EXTRACTED ? record.bytes() : 0;
        reused += record.placed() == Placement.REUSED ? 1 : 0;
        rows += record.layout().shape().rows();
        firstValues += slicing.firstValues(record.layout());
        largestRecord = Math.max(largestRecord, recordBytes);
    }

    /** Sums the outcomes of one partition on the executor. */
    public static final class Task implements FlatMapFunction<Iterator<ExtractOutcome>, ExtractSummary> {
        private static final long serialVersionUID = 1L;

        private final SliceRules slicing;

        public Task(SliceRules slicing) {
            this.slicing = slicing;
        }

        @Override
        public Iterator<ExtractSummary> call(Iterator<ExtractOutcome> outcomes) {
            return List.of(sum(outcomes, slicing)).iterator();
        }
    }

    /** The host that ran the task. */
    public String host() {
        return host;
    }

    /** How many entries were chosen and left out. */
    EntryTally entries() {
        return entries;
    }

    public long arrays() {
        return arrays;
    }

    /** Arrays without statistics because of too many columns. */
    public long tooWide() {
        return tooWide;
    }

    boolean hasFailures() {
        return hasFailures;
    }

    /** Bytes of all arrays. */
    public long bytes() {
        return bytes;
    }

    /** Bytes of the arrays that were written to scratch. */
    public long extractedBytes() {
        return extractedBytes;
    }

    /** Arrays whose file was in scratch from an earlier extraction. */
    public long reused() {
        return reused;
    }

    /** Rows of all arrays. */
    public long rows() {
        return rows;
    }

    /** Values of the first columns of all arrays. */
    public long firstValues() {
        return firstValues;
    }

    /** Tiles of statistics of all arrays. */
    public long tiles() {
        return tiles;
    }

    /** Bytes of the largest record, as Spark's serialiser writes it. */
    public long largestRecord() {
        return largestRecord;
    }
}
