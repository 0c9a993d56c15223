package io.zipmap.job;

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

/** What the driver keeps of one extract task: sums, never the records. Immutable. */
final class ExtractPart implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String host;
    private final long arrays;
    private final long failures;
    private final long bytes;
    private final long extractedBytes;
    private final long largestRecord;
    private final long tiles;

    private ExtractPart(
            String host, long arrays, long failures, long bytes, long extractedBytes, long largestRecord, long tiles) {
        this.host = host;
        this.arrays = arrays;
        this.failures = failures;
        this.bytes = bytes;
        this.extractedBytes = extractedBytes;
        this.largestRecord = largestRecord;
        this.tiles = tiles;
    }

    static ExtractPart of(Iterator<Outcome> outcomes) {
        SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
        ClassTag<ArrayRecord> tag = ClassTag$.MODULE$.apply(ArrayRecord.class);
        long arrays = 0;
        long failures = 0;
        long bytes = 0;
        long extractedBytes = 0;
        long largestRecord = 0;
        long tiles = 0;
        while (outcomes.hasNext()) {
            ArrayRecord record = outcomes.next().record().orElse(null);
            if (record == null) {
                failures++;
                continue;
            }
            arrays++;
            tiles += Slices.tiles(record.layout(), false);
            bytes += record.bytes();
            extractedBytes += record.placed() == Placement.EXTRACTED ? record.bytes() : 0;
            largestRecord =
                    Math.max(largestRecord, serializer.serialize(record, tag).remaining());
        }
        return new ExtractPart(Node.host(), arrays, failures, bytes, extractedBytes, largestRecord, tiles);
    }

    /** Sums the outcomes of one task up, where they are. */
    static final class Sum implements FlatMapFunction<Iterator<Outcome>, ExtractPart> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<ExtractPart> call(Iterator<Outcome> outcomes) {
            return List.of(of(outcomes)).iterator();
        }
    }

    /** Where it ran. */
    String host() {
        return host;
    }

    long arrays() {
        return arrays;
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
