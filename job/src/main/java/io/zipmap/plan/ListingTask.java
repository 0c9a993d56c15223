package io.zipmap.plan;

import io.zipmap.ZipmapException;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Lists one root in a task. What it cannot list it tells as a {@link ListingEntry} error, so that the driver can say it
 * in a sentence.
 */
final class ListingTask implements FlatMapFunction<ListingRoot, ListingEntry> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> hadoop;

    ListingTask(Broadcast<SerializableConfiguration> hadoop) {
        this.hadoop = hadoop;
    }

    @Override
    public Iterator<ListingEntry> call(ListingRoot root) throws IOException {
        List<ListingEntry> found = new ArrayList<>();
        try {
            new Inputs(hadoop.value().value()).list(root, ref -> found.add(ListingEntry.of(ref)));
        } catch (ZipmapException e) {
            return List.of(ListingEntry.of(root.input(), e)).iterator();
        }
        found.add(found.isEmpty() ? ListingEntry.nothing(root.input()) : ListingEntry.some(root.input()));
        return found.iterator();
    }

    /** Lists an input that is a line of a list file. */
    static final class OfLine implements FlatMapFunction<String, ListingEntry> {
        private static final long serialVersionUID = 1L;

        private final ListingTask task;
        private final String list;

        /** @param list the words of the user for the file of which it is a line */
        OfLine(ListingTask task, String list) {
            this.task = task;
            this.list = list;
        }

        @Override
        public Iterator<ListingEntry> call(String line) throws IOException {
            List<ListingEntry> found = new ArrayList<>(List.of(ListingEntry.some(list)));
            try {
                for (ListingRoot root : new Inputs(task.hadoop.value().value()).roots(line)) {
                    task.call(root).forEachRemaining(found::add);
                }
            } catch (ZipmapException e) {
                found.add(ListingEntry.of(line, e));
            }
            return found.iterator();
        }
    }
}
