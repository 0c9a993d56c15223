package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Assigns each archive of the listing to a task of the extract stage, keyed by the number of the task. All archives of
 * a task are of one partition of the listing, which is sorted by URI, and a shuffle keeps the order within such a part:
 * so the archives of a task are sorted too. A partition of the listing that was lost and listed again must equal the
 * first listing: otherwise the task fails, because a plan must not mix two listings.
 */
final class TaskAssignment
        implements Function2<Integer, Iterator<ListingEntry>, Iterator<Tuple2<Integer, ArchiveRef>>> {
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
    public Iterator<Tuple2<Integer, ArchiveRef>> call(Integer index, Iterator<ListingEntry> listing)
            throws ZipmapException {
        List<ListingEntry> entries = new ArrayList<>();
        listing.forEachRemaining(entries::add);
        if (!parts.get(index).sameAs(ListingSummary.of(entries.iterator()))) {
            throw new ZipmapException(
                            Condition.INPUT_CHANGED, "Cannot run a plan whose input changed after it was planned")
                    .advice("Run again when the archives are complete.");
        }
        TaskPacking packing = new TaskPacking(capacity, Integer.MAX_VALUE);
        return entries.stream()
                .flatMap(entry -> entry.archive().stream())
                .map(ref -> new Tuple2<>(firstTasks[index] + packing.addArchive(ref), ref))
                .iterator();
    }

    /** Sends each archive to its task: the partition number is the task number. */
    static final class ByTask extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int tasks;

        ByTask(int tasks) {
            this.tasks = tasks;
        }

        @Override
        public int numPartitions() {
            return tasks;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ByTask && tasks == ((ByTask) other).tasks;
        }

        @Override
        public int hashCode() {
            return tasks;
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
