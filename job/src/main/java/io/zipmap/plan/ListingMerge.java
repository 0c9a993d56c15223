package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Merges the blocks of one partition, each sorted by URI, into blocks that follow each other in this order. Entries of
 * one key become one entry.
 */
final class ListingMerge implements FlatMapFunction<Iterator<ListingBlock>, ListingBlock> {
    private static final long serialVersionUID = 1L;

    /** Archives of one block: enough that blocks are few, and few enough for the memory of a reader. */
    private static final int MOST = 8192;

    @Override
    public Iterator<ListingBlock> call(Iterator<ListingBlock> blocks) {
        PriorityQueue<Cursor> cursors = new PriorityQueue<>(Comparator.comparing(cursor -> cursor.head.uri()));
        TreeMap<String, ListingEntry> others = new TreeMap<>();
        while (blocks.hasNext()) {
            ListingBlock block = blocks.next();
            block.others().forEach(entry -> others.merge(entry.key(), entry, ListingEntry::merge));
            Iterator<ArchiveRef> archives = block.archives();
            if (archives.hasNext()) {
                cursors.add(new Cursor(archives));
            }
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !others.isEmpty() || !cursors.isEmpty();
            }

            @Override
            public ListingBlock next() {
                ListingBlock.Builder block = new ListingBlock.Builder();
                others.values().forEach(block::add);
                others.clear();
                String last = "";
                while (!cursors.isEmpty()
                        && (block.archives() < MOST || cursors.peek().head.uri().equals(last))) {
                    Cursor first = cursors.remove();
                    if (!first.head.uri().equals(last)) {
                        block.add(first.head);
                        last = first.head.uri();
                    }
                    if (first.moves()) {
                        cursors.add(first);
                    }
                }
                return block.build();
            }
        };
    }

    /** The archives of a block that were not taken yet. */
    private static final class Cursor {
        private final Iterator<ArchiveRef> archives;
        private ArchiveRef head;

        Cursor(Iterator<ArchiveRef> archives) {
            this.archives = archives;
            this.head = archives.next();
        }

        /** @return false at the end */
        boolean moves() {
            if (!archives.hasNext()) {
                return false;
            }
            head = archives.next();
            return true;
        }
    }
}
