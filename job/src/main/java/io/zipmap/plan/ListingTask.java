package io.zipmap.plan;

import io.zipmap.ZipmapException;
import io.zipmap.fs.Inputs;
import io.zipmap.fs.ListingRoot;
import io.zipmap.fs.ListingRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Lists the archives of one root in a task. A failure becomes a {@link ListingEntry} with an error, so that the driver
 * can report it as its own.
 */
final class ListingTask implements FlatMapFunction<ListingRoot, ListingEntry> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SerializableConfiguration> hadoop;
    private final ListingRules rules;

    ListingTask(Broadcast<SerializableConfiguration> hadoop, ListingRules rules) {
        this.hadoop = hadoop;
        this.rules = rules;
    }

    private Inputs inputs() {
        return new Inputs(hadoop.value().value(), rules);
    }

    @Override
    public Iterator<ListingEntry> call(ListingRoot root) throws IOException {
        List<ListingEntry> found = new ArrayList<>();
        try {
            inputs().list(root, ref -> {
                found.add(ListingEntry.ofArchive(ref));
                TaskWork.found();
            });
        } catch (ZipmapException e) {
            return List.of(ListingEntry.ofError(root.input(), e)).iterator();
        }
        found.add(found.isEmpty() ? ListingEntry.empty(root.input()) : ListingEntry.nonEmpty(root.input()));
        return found.iterator();
    }

    /** Lists an input that is a line of a file of inputs. */
    static final class OfLine implements FlatMapFunction<String, ListingEntry> {
        private static final long serialVersionUID = 1L;

        private final ListingTask task;
        private final String list;

        /** @param list the input that names the file */
        OfLine(ListingTask task, String list) {
            this.task = task;
            this.list = list;
        }

        @Override
        public Iterator<ListingEntry> call(String line) throws IOException {
            List<ListingEntry> found = new ArrayList<>(List.of(ListingEntry.nonEmpty(list)));
            try {
                for (ListingRoot root : task.inputs().roots(line)) {
                    task.call(root).forEachRemaining(found::add);
                }
            } catch (ZipmapException e) {
                found.add(ListingEntry.ofError(line, e));
            }
            return found.iterator();
        }
    }
}
