package io.zipmap.sql.catalog;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.StoreAccess;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Takes the versions of a partition of listed archives down. */
final class ArchiveVersionsTask implements FlatMapFunction<Iterator<ArchiveRef>, ArchiveVersions> {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;

    ArchiveVersionsTask(StoreAccess access) {
        this.access = access;
    }

    @Override
    public Iterator<ArchiveVersions> call(Iterator<ArchiveRef> archives) {
        List<ArchiveRef> all = new ArrayList<>();
        archives.forEachRemaining(all::add);
        return List.of(ArchiveVersions.of(all, access.sources()::local)).iterator();
    }
}
