package io.zipmap.job.stats;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Merges the summaries of many tasks on the executors until few are left for the driver, whose memory then does not
 * grow with the tasks. Summaries of neighbouring partitions are merged in the order of the partitions, so that sums of
 * floating-point numbers do not depend on which task ends first.
 */
final class OrderedReduction {
    /** Most summaries that the driver collects. Of no more tasks, nothing is merged on the executors. */
    private static final int MOST_COLLECTED = 512;

    private static final int MERGED_AT_ONCE = 64;

    private OrderedReduction() {}

    /**
     * The summary of all partitions.
     *
     * @param summaries one in each partition
     */
    static <T> T reduce(JavaRDD<T> summaries, Merge<T> merge) {
        return reduce(summaries, merge, MOST_COLLECTED, MERGED_AT_ONCE);
    }

    static <T> T reduce(JavaRDD<T> summaries, Merge<T> merge, int mostCollected, int mergedAtOnce) {
        JavaRDD<T> level = summaries;
        while (level.getNumPartitions() > mostCollected) {
            level = mergeNeighbours(level, merge, mergedAtOnce);
        }
        return merge.merge(level.collect());
    }

    private static <T> JavaRDD<T> mergeNeighbours(JavaRDD<T> level, Merge<T> merge, int mergedAtOnce) {
        int groups = (level.getNumPartitions() + mergedAtOnce - 1) / mergedAtOnce;
        JavaRDD<Tuple2<Integer, T>> numbered = level.mapPartitionsWithIndex(
                (partition, summary) ->
                        List.of(new Tuple2<>(partition, summary.next())).iterator(),
                true);
        return JavaPairRDD.fromJavaRDD(numbered)
                .repartitionAndSortWithinPartitions(new ByNeighbourhood(groups, mergedAtOnce))
                .values()
                .mapPartitions(neighbours -> {
                    List<T> all = new ArrayList<>();
                    neighbours.forEachRemaining(all::add);
                    return List.of(merge.merge(all)).iterator();
                });
    }

    /** Merges summaries in the order of their partitions. */
    @FunctionalInterface
    interface Merge<T> extends Serializable {
        /** @param summaries none if there is no partition */
        T merge(List<T> summaries);
    }

    /** Sends the summaries of neighbouring partitions to one task. */
    private static final class ByNeighbourhood extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int groups;
        private final int mergedAtOnce;

        ByNeighbourhood(int groups, int mergedAtOnce) {
            this.groups = groups;
            this.mergedAtOnce = mergedAtOnce;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object partition) {
            return (Integer) partition / mergedAtOnce;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ByNeighbourhood that && groups == that.groups && mergedAtOnce == that.mergedAtOnce;
        }

        @Override
        public int hashCode() {
            return 31 * groups + mergedAtOnce;
        }
    }
}
