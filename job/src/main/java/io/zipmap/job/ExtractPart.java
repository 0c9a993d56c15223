package io.zipmap.job;

import io.zipmap.plan.EntryTally;
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
final class ExtractPart implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String host = Node.host();
    private EntryTally entries = EntryTally.NONE;
    private long arrays;
    private long tooWide;
    private long failures;
    private long bytes;
    private long extractedBytes;
    private long largestRecord;
    private long tiles;

    private ExtractPart() {}

    static ExtractPart of(Iterator<Outcome> outcomes, Slicing slicing) {
        SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
        ClassTag<ArrayRecord> tag = ClassTag$.MODULE$.apply(ArrayRecord.class);
        ExtractPart part = new ExtractPart();
        while (outcomes.hasNext()) {
            Outcome outcome = outcomes.next();
            outcome.record()
                    .ifPresent(record ->
                            part.add(record, serializer.serialize(record, tag).remaining(), slicing));
            part.failures += outcome.failure().isPresent() ? 1 : 0;
            part.entries = outcome.tally().map(part.entries::plus).orElse(part.entries);
        }
        return part;
    }

    private void add(ArrayRecord record, long recordBytes, Slicing slicing) {
        arrays++;
        tooWide += slicing.tooWide(record.layout()) ? 1 : 0;
        tiles += slicing.tiles(record.layout());
        bytes += record.bytes();
        extractedBytes += record.placed() == Placement.EXTRACTED ? record.bytes() : 0;
        largestRecord = Math.max(largestRecord, recordBytes);
    }

    /** Sums the outcomes of one task up, where they are. */
    static final class Sum implements FlatMapFunction<Iterator<Outcome>, ExtractPart> {
        private static final long serialVersionUID = 1L;

        private final Slicing slicing;

        Sum(Slicing slicing) {
            this.slicing = slicing;
        }

        @Override
        public Iterator<ExtractPart> call(Iterator<Outcome> outcomes) {
            return List.of(of(outcomes, slicing)).iterator();
        }
    }

    /** Where it ran. */
    String host() {
        return host;
    }

    /** What was chosen of the entries that there are. */
    EntryTally entries() {
        return entries;
    }

    long arrays() {
        return arrays;
    }

    /** Arrays that have more columns than may have statistics. */
    long tooWide() {
        return tooWide;
    }

    long failures() {
        return failures;
    }

    /** Bytes of all arrays. */
    long bytes() {
        return bytes;
    }

    /** Bytes of those that were written to scratch. */
    long extractedBytes() {
        return extractedBytes;
    }

    /** How many pieces the statistics of these arrays come in. */
    long tiles() {
        return tiles;
    }

    /** Bytes of the largest record, as Spark's serialiser writes it. */
    long largestRecord() {
        return largestRecord;
    }
}
