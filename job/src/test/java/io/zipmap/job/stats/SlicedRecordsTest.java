package io.zipmap.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.job.extract.ExtractOutcome;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.store.ArrayRecord;
import io.zipmap.testing.SparkLocal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlicedRecordsTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.java();

    private final Random random = new Random(42);

    @Test
    void splitsOfRecordsHoldEverySliceOnce() throws IOException {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SPARK.session().sparkContext());
        for (int round = 0; round < 6; round++) {
            int parents = 1 + random.nextInt(4);
            List<List<ExtractOutcome>> parts = new ArrayList<>();
            long[] bytes = new long[parents];
            Map<ArrayRecord, List<Slice>> seen = new LinkedHashMap<>();
            for (int parent = 0; parent < parents; parent++) {
                List<ExtractOutcome> outcomes = new ArrayList<>();
                for (int n = random.nextInt(5); n > 0; n--) {
                    ArrayRecord record = SliceCutterTest.randomRecord(random);
                    if (seen.putIfAbsent(record, new ArrayList<>()) == null) {
                        outcomes.add(ExtractOutcome.extracted(record));
                        bytes[parent] += record.bytes();
                    }
                }
                parts.add(outcomes);
            }
            int sliceBytes = 16 << random.nextInt(8);
            List<MapSplit> splits = new ArrayList<>();
            for (int parent = 0; parent < parents; parent++) {
                if (parent + 1 < parents && random.nextBoolean()) {
                    splits.add(MapSplit.ofPartitions(parent, ++parent));
                } else {
                    splits.addAll(MapSplit.ofShares(parent, bytes[parent], 1 + random.nextInt(5)));
                }
            }
            JavaRDD<ExtractOutcome> records = spark.parallelize(parts, parents).flatMap(List::iterator);
            SlicedRecords sliced = new SlicedRecords(records.rdd(), splits, new SliceRules(sliceBytes, false, 100_000));
            assertThat(sliced.getNumPartitions()).isEqualTo(splits.size());
            // In the order of splits, each parent's slices come as Slices gives them.
            sliced.toJavaRDD()
                    .collect()
                    .forEach(slice -> seen.get(slice.record()).add(slice));
            for (Map.Entry<ArrayRecord, List<Slice>> one : seen.entrySet()) {
                SliceCutterTest.assertCovered(one.getKey(), one.getValue(), sliceBytes, false);
            }
        }
    }
}
