package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.IoFunction;
import io.zipmap.ZipmapException;
import io.zipmap.sql.catalog.ExecutionId;
import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.catalog.PackedSlices;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.sql.error.QueryErrors;
import io.zipmap.sql.pushdown.ArrayPartition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one scan, as Spark keeps them in its plan: their number never changes, their contents are replaced
 * if archives change between two runs of the plan.
 */
final class RefreshedPartitions {
    private final IoFunction<Inventory, InputPartition[]> planner;
    private volatile Content[] contents;

    RefreshedPartitions(IoFunction<Inventory, InputPartition[]> planner, InputPartition[] first) throws IOException {
        this.planner = planner;
        this.contents = distribute(first, Math.max(1, first.length), 0);
    }

    InputPartition[] all() {
        InputPartition[] all = new InputPartition[contents.length];
        Arrays.setAll(all, index -> new Slot(this, index));
        return all;
    }

    /** @param query the number of the query that found another inventory */
    void refresh(Inventory inventory, long query) throws IOException {
        contents = distribute(planner.apply(inventory), contents.length, query);
    }

    /** Makes {@code count} contents, at least one: Spark would never run a plan without partitions again. */
    private static Content[] distribute(InputPartition[] partitions, int count, long query) throws IOException {
        Content[] contents = new Content[count];
        for (int i = 0; i < count; i++) {
            InputPartition one =
                    i < partitions.length ? partitions[i] : new ArrayPartition(PackedSlices.pack(List.of()), null);
            List<RowSlice> more = new ArrayList<>();
            for (int next = i + count; next < partitions.length; next += count) {
                more.addAll(((ArrayPartition) partitions[next]).slices().unpack());
            }
            contents[i] = new Content(more.isEmpty() ? one : ((ArrayPartition) one).and(more), query);
        }
        return contents;
    }

    /**
     * The partition that the scan planned, for a reader that was given what Spark keeps. Ends the query with
     * {@code INPUT_CHANGED} if archives have changed since it began.
     */
    static InputPartition unwrap(InputPartition partition) {
        return (partition instanceof Slot slot ? slot.content() : (Content) partition).open();
    }

    /** A partition as Spark keeps it on the driver. It is serialised as the content that it has when a task starts. */
    private static final class Slot implements InputPartition {
        private static final long serialVersionUID = 1L;

        private final transient RefreshedPartitions partitions;
        private final int index;

        Slot(RefreshedPartitions partitions, int index) {
            this.partitions = partitions;
            this.index = index;
        }

        Content content() {
            return partitions.contents[index];
        }

        @Override
        public String[] preferredLocations() {
            return content().partition.preferredLocations();
        }

        private Object writeReplace() {
            return content();
        }
    }

    /** A planned partition, and the query that it was planned for. Immutable. */
    private static final class Content implements InputPartition {
        private static final long serialVersionUID = 1L;

        private final InputPartition partition;
        private final long since;

        Content(InputPartition partition, long since) {
            this.partition = partition;
            this.since = since;
        }

        /**
         * Fails for a query that began earlier: two threads may run one plan, and one has partitions of old archives.
         */
        InputPartition open() {
            TaskContext task = TaskContext.get();
            @Nullable String query = task == null ? null : ExecutionId.of(task);
            if (query != null && Long.parseLong(query) < since) {
                ZipmapException e = new ZipmapException(
                                Condition.INPUT_CHANGED, "Cannot continue: archives changed while the query ran")
                        .advice("Run the query again.");
                throw QueryErrors.of(e);
            }
            return partition;
        }
    }
}
