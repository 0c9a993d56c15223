package io.zipmap.sql;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.StoreAccess;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Takes the versions of a partition of listed archives down. */
final class VersionsTask implements FlatMapFunction<Iterator<ArchiveRef>, Versions> {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;

    VersionsTask(StoreAccess access) {
        this.access = access;
    }

    @Override
    public Iterator<Versions> call(Iterator<ArchiveRef> archives) {
        List<ArchiveRef> all = new ArrayList<>();
        archives.forEachRemaining(all::add);
        return List.of(Versions.of(all, access.sources()::local)).iterator();
    }
}
