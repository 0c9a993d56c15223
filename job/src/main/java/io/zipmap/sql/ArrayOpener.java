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

/** Opens the arrays that one task reads; the store of this node is looked for when the first is wanted. */
final class ArrayOpener {
    private final StoreAccess access;
    private final TaskContext task;
    private @Nullable ArrayStore store;

    ArrayOpener(StoreAccess access, TaskContext task) {
        this.access = access;
        this.task = task;
    }

    /** @throws ZipmapException {@code SOURCE_CHANGED} when the array is not what was found when the table was loaded */
    HeldArray hold(FoundArray array) throws IOException {
        ArrayStore known = store;
        if (known == null) {
            known = access.storeWith(StoppableSource.opener(access.sources(), task));
            store = known;
        }
        HeldArray opened = known.hold(array.archive(), array.entryIndex(), array.entry(), array.raw(), task.stageId());
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
