package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.ExecutionId;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.pushdown.ArrayPartition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that Spark keeps of a scan: their number stays, what is in them may change between two runs of the
 * plan.
 */
final class RefreshedPartitions {
    /** Cuts what is there into partitions. */
    @FunctionalInterface
    interface Planning {
        InputPartition[] partitions(Inventory inventory) throws IOException;
    }

    private final Planning planning;
    private volatile Content[] contents;

    RefreshedPartitions(Planning planning, InputPartition[] first) throws IOException {
        this.planning = planning;
        this.contents = share(first, Math.max(1, first.length), 0);
    }

    InputPartition[] all() {
        InputPartition[] all = new InputPartition[contents.length];
        Arrays.setAll(all, index -> new Share(this, index));
        return all;
    }

    /** @param query that has found something else */
    void plan(Inventory inventory, long query) throws IOException {
        contents = share(planning.partitions(inventory), contents.length, query);
    }

    /** One share at least, since of none nothing would ever be asked again. */
    private static Content[] share(InputPartition[] partitions, int count, long query) throws IOException {
        Content[] contents = new Content[count];
        for (int i = 0; i < count; i++) {
            InputPartition one =
                    i < partitions.length ? partitions[i] : new ArrayPartition(PackedSlices.pack(List.of()), null);
            List<ArraySlice> pieces = new ArrayList<>();
            for (int more = i + count; more < partitions.length; more += count) {
                pieces.addAll(((ArrayPartition) partitions[more]).slices().unpack());
            }
            contents[i] = new Content(pieces.isEmpty() ? one : ((ArrayPartition) one).and(pieces), query);
        }
        return contents;
    }

    /** For the readers, which are handed what Spark has of a partition. */
    static InputPartition open(InputPartition partition) {
        return (partition instanceof Share share ? share.content() : (Content) partition).open();
    }

    /** What Spark keeps on the driver; to a task goes what is in it when the task starts. */
    private static final class Share implements InputPartition {
        private static final long serialVersionUID = 1L;

        private final transient RefreshedPartitions shares;
        private final int index;

        Share(RefreshedPartitions shares, int index) {
            this.shares = shares;
            this.index = index;
        }

        Content content() {
            return shares.contents[index];
        }

        @Override
        public String[] preferredLocations() {
            return content().partition.preferredLocations();
        }

        private Object writeReplace() {
            return content();
        }
    }

    /** Immutable. */
    private static final class Content implements InputPartition {
        private static final long serialVersionUID = 1L;

        private final InputPartition partition;
        private final long since;

        Content(InputPartition partition, long since) {
            this.partition = partition;
            this.since = since;
        }

        /**
         * Two threads may run one plan: the one that began before the archives changed has other partitions than the
         * other.
         */
        InputPartition open() {
            TaskContext task = TaskContext.get();
            @Nullable String query = task == null ? null : ExecutionId.of(task);
            if (query != null && Long.parseLong(query) < since) {
                ZipmapException e = new ZipmapException(
                                Condition.INPUT_CHANGED, "Cannot go on: archives changed while the query ran")
                        .advice("Run it again.");
                throw new UncheckedIOException(e.getMessage(), e);
            }
            return partition;
        }
    }
}
