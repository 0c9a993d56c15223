package io.zipmap.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * Splits the entries that a task has listed by the partitions of the listing. Each part is a block with the number of
 * its partition, and its archives are sorted by URI. Entries of one key always have the same number.
 */
final class ListingSplit implements PairFlatMapFunction<Iterator<ListingEntry>, Integer, ListingBlock> {
    private static final long serialVersionUID = 1L;

    /** Entries that are sorted together. It bounds the memory of a task. */
    private static final int MOST = 8192;

    private final int partitions;

    ListingSplit(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public Iterator<Tuple2<Integer, ListingBlock>> call(Iterator<ListingEntry> found) {
        return new Iterator<>() {
            private Iterator<Tuple2<Integer, ListingBlock>> blocks =
                    List.<Tuple2<Integer, ListingBlock>>of().iterator();

            @Override
            public boolean hasNext() {
                return blocks.hasNext() || found.hasNext();
            }

            @Override
            public Tuple2<Integer, ListingBlock> next() {
                if (!blocks.hasNext()) {
                    blocks = split(found);
                }
                return blocks.next();
            }
        };
    }

    private Iterator<Tuple2<Integer, ListingBlock>> split(Iterator<ListingEntry> found) {
        List<ListingEntry> some = new ArrayList<>();
        while (some.size() < MOST && found.hasNext()) {
            some.add(found.next());
        }
        some.sort(Comparator.comparing(ListingEntry::key));
        Map<Integer, ListingBlock.Builder> blocks = new TreeMap<>();
        for (ListingEntry entry : some) {
            blocks.computeIfAbsent(Math.floorMod(entry.key().hashCode(), partitions), any -> new ListingBlock.Builder())
                    .add(entry);
        }
        return blocks.entrySet().stream()
                .map(block -> new Tuple2<>(block.getKey(), block.getValue().build()))
                .iterator();
    }
}
