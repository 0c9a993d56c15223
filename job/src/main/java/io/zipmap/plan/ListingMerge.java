package io.zipmap.plan;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Merges the entries of one key into one entry, in a partition that is sorted by key. */
final class ListingMerge implements FlatMapFunction<Iterator<Tuple2<String, ListingEntry>>, ListingEntry> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<ListingEntry> call(Iterator<Tuple2<String, ListingEntry>> sorted) {
        return new Merged(sorted);
    }

    private static final class Merged implements Iterator<ListingEntry> {
        private final Iterator<Tuple2<String, ListingEntry>> sorted;
        private @Nullable ListingEntry ahead;

        Merged(Iterator<Tuple2<String, ListingEntry>> sorted) {
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
                    result = result.merge(candidate);
                } else {
                    ahead = candidate;
                }
            }
            return result;
        }
    }
}
