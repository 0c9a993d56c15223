package io.zipmap.plan;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The functions that plan over the partitions of the listing. */
final class PlanFunctions {
    static final Comparator<Packed> BY_URI = new ByUri();

    private PlanFunctions() {}

    /** An archive's task, and what orders it there. Immutable. */
    static final class Packed implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int task;
        private final String uri;

        Packed(int task, String uri) {
            this.task = task;
            this.uri = uri;
        }

        int task() {
            return task;
        }
    }

    private static final class ByUri implements Comparator<Packed>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int compare(Packed a, Packed b) {
            return a.uri.compareTo(b.uri);
        }
    }

    /** Joins what has one key; the partition is sorted by key. */
    static final class OneOfEach implements FlatMapFunction<Iterator<Tuple2<String, ListingEntry>>, ListingEntry> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<ListingEntry> call(Iterator<Tuple2<String, ListingEntry>> sorted) {
            return new Distinct(sorted);
        }
    }

    private static final class Distinct implements Iterator<ListingEntry> {
        private final Iterator<Tuple2<String, ListingEntry>> sorted;
        private @Nullable ListingEntry ahead;

        Distinct(Iterator<Tuple2<String, ListingEntry>> sorted) {
            this.sorted = sorted;
        }

        @Override
        public boolean hasNext() {
            return ahead != null || sorted.hasNext();
        }

        @Override
        public ListingEntry next() {
            ListingEntry result = ahead == null ? sorted.next()._2() : ahead;
            ahead = null;
            while (ahead == null && sorted.hasNext()) {
                ListingEntry candidate = sorted.next()._2();
                if (candidate.key().equals(result.key())) {
                    result = result.and(candidate);
                } else {
                    ahead = candidate;
                }
            }
            return result;
        }
    }

    /** Sums one partition up. */
    static final class Sum implements FlatMapFunction<Iterator<ListingEntry>, PlanSummary> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<PlanSummary> call(Iterator<ListingEntry> listing) {
            return List.of(PlanSummary.of(listing)).iterator();
        }
    }

    /** Counts the tasks that one partition fills. */
    static final class CountTasks implements FlatMapFunction<Iterator<ListingEntry>, Integer> {
        private static final long serialVersionUID = 1L;

        private final long capacity;

        CountTasks(long capacity) {
            this.capacity = capacity;
        }

        @Override
        public Iterator<Integer> call(Iterator<ListingEntry> listing) {
            TaskPacking packing = new TaskPacking(capacity, Integer.MAX_VALUE);
            listing.forEachRemaining(listed -> listed.archive().ifPresent(packing::addArchive));
            return List.of(packing.tasks()).iterator();
        }
    }

    /**
     * Gives each archive its task. A partition that is listed again and differs fails: half of a new listing must not
     * join half of the old.
     */
    static final class Pack
            implements Function2<Integer, Iterator<ListingEntry>, Iterator<Tuple2<Packed, ArchiveRef>>> {
        private static final long serialVersionUID = 1L;

        private final List<PlanSummary> parts;
        private final int[] firstTasks;
        private final long capacity;

        Pack(List<PlanSummary> parts, int[] firstTasks, long capacity) {
            this.parts = parts;
            this.firstTasks = firstTasks;
            this.capacity = capacity;
        }

        @Override
        public Iterator<Tuple2<Packed, ArchiveRef>> call(Integer index, Iterator<ListingEntry> listing)
                throws ZipmapException {
            List<ListingEntry> seen = new ArrayList<>();
            listing.forEachRemaining(seen::add);
            if (!parts.get(index).sameAs(PlanSummary.of(seen.iterator()))) {
                throw new ZipmapException(
                                Condition.INPUT_CHANGED, "Cannot go on: the input changed after it was planned")
                        .advice("Run again when the archives are complete.");
            }
            TaskPacking packing = new TaskPacking(capacity, Integer.MAX_VALUE);
            return seen.stream()
                    .flatMap(listed -> listed.archive().stream())
                    .map(ref -> new Tuple2<>(new Packed(firstTasks[index] + packing.addArchive(ref), ref.uri()), ref))
                    .iterator();
        }
    }
}
