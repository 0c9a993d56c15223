package io.zipmap.job.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.zipmap.testing.SparkLocal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderedReductionTest {
    @RegisterExtension
    static final SparkLocal SPARK = SparkLocal.kryo();

    private static JavaRDD<String> numbers(int partitions) {
        List<String> numbers =
                IntStream.range(0, partitions).mapToObj(String::valueOf).toList();
        return JavaSparkContext.fromSparkContext(SPARK.session().sparkContext()).parallelize(numbers, partitions);
    }

    @Test
    void summariesAreMergedInTheOrderOfTheirPartitionsOnAllLevels() {
        String expected = String.join(" ", numbers(43).collect());
        assertThat(OrderedReduction.reduce(numbers(43), all -> String.join(" ", all), 3, 4))
                .isEqualTo(expected);
    }

    @Test
    void theDriverMergesNoMoreThanTheMostCollected() {
        AtomicInteger merged = new AtomicInteger();
        OrderedReduction.Merge<String> onDriver = all -> {
            // In a task, the copy of the counter counts.
            merged.set(all.size());
            return String.join(" ", all);
        };
        OrderedReduction.reduce(numbers(20), onDriver, 20, 4);
        assertThat(merged).hasValue(20);
        OrderedReduction.reduce(numbers(20), onDriver, 19, 4);
        assertThat(merged).hasValue(5);
    }
}
