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

/** What the driver keeps of one extract task: sums, never the records. */
public final class ExtractSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String host = StoreAccess.host();
    private EntryTally entries = EntryTally.NONE;
    private long arrays;
    private long tooWide;
    private long failures;
    private long bytes;
    private long extractedBytes;
    private long largestRecord;
    private long tiles;

    private ExtractSummary() {}

    static ExtractSummary of(Iterator<ExtractOutcome> outcomes, SliceRules slicing) {
        SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
        ClassTag<ArrayRecord> tag = ClassTag$.MODULE$.apply(ArrayRecord.class);
        ExtractSummary part = new ExtractSummary();
        while (outcomes.hasNext()) {
            ExtractOutcome outcome = outcomes.next();
            outcome.record()
                    .ifPresent(record ->
                            part.add(record, serializer.serialize(record, tag).remaining(), slicing));
            part.failures += outcome.failure().isPresent() ? 1 : 0;
            part.entries = outcome.tally().map(part.entries::plus).orElse(part.entries);
        }
        return part;
    }

    private void add(ArrayRecord record, long recordBytes, SliceRules slicing) {
        arrays++;
        tooWide += slicing.tooWide(record.layout()) ? 1 : 0;
        tiles += slicing.tiles(record.layout());
        bytes += record.bytes();
        extractedBytes += record.placed() == Placement.EXTRACTED ? record.bytes() : 0;
        largestRecord = Math.max(largestRecord, recordBytes);
    }

    /** Sums the outcomes of one task up, where they are. */
    public static final class Sum implements FlatMapFunction<Iterator<ExtractOutcome>, ExtractSummary> {
        private static final long serialVersionUID = 1L;

        private final SliceRules slicing;

        public Sum(SliceRules slicing) {
            this.slicing = slicing;
        }

        @Override
        public Iterator<ExtractSummary> call(Iterator<ExtractOutcome> outcomes) {
            return List.of(of(outcomes, slicing)).iterator();
        }
    }

    /** Where it ran. */
    public String host() {
        return host;
    }

    /** What was chosen of the entries that there are. */
    EntryTally entries() {
        return entries;
    }

    public long arrays() {
        return arrays;
    }

    /** Arrays that have more columns than may have statistics. */
    public long tooWide() {
        return tooWide;
    }

    public long failures() {
        return failures;
    }

    /** Bytes of all arrays. */
    public long bytes() {
        return bytes;
    }

    /** Bytes of those that were written to scratch. */
    public long extractedBytes() {
        return extractedBytes;
    }

    /** How many pieces the statistics of these arrays come in. */
    public long tiles() {
        return tiles;
    }

    /** Bytes of the largest record, as Spark's serialiser writes it. */
    public long largestRecord() {
        return largestRecord;
    }
}
