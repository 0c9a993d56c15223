package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Assigns each archive of the listing to a task of the extract stage. A task gets one block, keyed by the number of the
 * task: all its archives are of one partition of the listing, and sorted by URI. A partition of the listing that was
 * lost and listed again must equal the first listing: otherwise the task fails, because a plan must not mix two
 * listings.
 */
final class TaskAssignment
        implements Function2<Integer, Iterator<ListingEntry>, Iterator<Tuple2<Integer, ListingBlock>>> {
    private static final long serialVersionUID = 1L;

    private final List<ListingSummary> parts;
    private final int[] firstTasks;
    private final long capacity;

    /**
     * @param parts the first listing, by partition
     * @param firstTasks the number of the first task of each partition
     * @param capacity of one task, as {@link TaskPacking#capacity} computes it
     */
    TaskAssignment(List<ListingSummary> parts, int[] firstTasks, long capacity) {
        this.parts = parts;
        this.firstTasks = firstTasks;
        this.capacity = capacity;
    }

    @Override
    public Iterator<Tuple2<Integer, ListingBlock>> call(Integer index, Iterator<ListingEntry> listing)
            throws ZipmapException {
        TaskPacking packing = new TaskPacking(capacity, Integer.MAX_VALUE);
        List<ListingBlock.Builder> tasks = new ArrayList<>();
        Iterator<ListingEntry> assigned = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return listing.hasNext();
            }

            @Override
            public ListingEntry next() {
                ListingEntry entry = listing.next();
                entry.archive().ifPresent(archive -> {
                    if (packing.addArchive(archive) == tasks.size()) {
                        tasks.add(new ListingBlock.Builder());
                    }
                    tasks.get(tasks.size() - 1).add(archive);
                });
                return entry;
            }
        };
        if (!parts.get(index).sameAs(ListingSummary.of(assigned))) {
            throw new ZipmapException(
                            Condition.INPUT_CHANGED, "Cannot run a plan whose input changed after it was planned")
                    .advice("Run again when the archives are complete.");
        }
        return IntStream.range(0, tasks.size())
                .mapToObj(task ->
                        new Tuple2<>(firstTasks[index] + task, tasks.get(task).build()))
                .iterator();
    }

    /** Sends each block to the partition whose number is its key. */
    static final class ByNumber extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;

        ByNumber(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ByNumber && partitions == ((ByNumber) other).partitions;
        }

        @Override
        public int hashCode() {
            return partitions;
        }
    }

    /** Counts the tasks that the archives of one partition fill. */
    static final class CountTasks implements FlatMapFunction<Iterator<ListingEntry>, Integer> {
        private static final long serialVersionUID = 1L;

        private final long capacity;

        CountTasks(long capacity) {
            this.capacity = capacity;
        }

        @Override
        public Iterator<Integer> call(Iterator<ListingEntry> listing) {
            TaskPacking packing = new TaskPacking(capacity, Integer.MAX_VALUE);
            listing.forEachRemaining(entry -> entry.archive().ifPresent(packing::addArchive));
            return List.of(packing.tasks()).iterator();
        }
    }
}
