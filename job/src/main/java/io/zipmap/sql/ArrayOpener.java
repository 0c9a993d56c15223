package io.zipmap.sql;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.plan.StoreAccess;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.store.ArrayStore;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Opens the arrays that one task reads, through the store of its node, which is found when the first array is opened.
 * Archives that it opens end their reads if the task is killed. Not thread-safe.
 */
final class ArrayOpener {
    private final StoreAccess access;
    private final TaskContext task;
    private @Nullable ArrayStore store;

    ArrayOpener(StoreAccess access, TaskContext task) {
        this.access = access;
        this.task = task;
    }

    /**
     * Opens an array, which the caller closes.
     *
     * @throws ZipmapException {@code SOURCE_CHANGED} if the array has another layout than in the inventory
     */
    HeldArray open(FoundArray array) throws IOException {
        ArrayStore found = store;
        if (found == null) {
            found = access.storeWith(StoppableSource.opener(access.sources(), task));
            store = found;
        }
        HeldArray opened = found.hold(array.archive(), array.entryIndex(), array.entry(), array.raw(), task.stageId());
        if (!opened.layout().equals(array.layout())) {
            opened.close();
            throw new ZipmapException(Condition.SOURCE_CHANGED, "Cannot read an array that was replaced")
                    .archive(array.archive().uri())
                    .entry(array.entry())
                    .expected(array.layout())
                    .actual(opened.layout());
        }
        return opened;
    }
}
