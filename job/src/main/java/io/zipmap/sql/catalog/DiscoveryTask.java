package io.zipmap.sql.catalog;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Discovers the arrays of a partition of archives. Errors that another attempt may avoid fail the task. */
final class DiscoveryTask implements FlatMapFunction<Iterator<ArchiveRef>, DiscoverySummary> {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;
    private final SourceSettings settings;

    DiscoveryTask(StoreAccess access, SourceSettings settings) {
        this.access = access;
        this.settings = settings;
    }

    @Override
    public Iterator<DiscoverySummary> call(Iterator<ArchiveRef> archives) throws IOException {
        try {
            return List.of(ArrayDiscovery.discover(access.sources(), settings, archives))
                    .iterator();
        } catch (ZipmapException e) {
            Condition.Blame blame = e.condition().blame();
            if (blame == Condition.Blame.NODE || blame == Condition.Blame.SOURCE) {
                throw e;
            }
            return List.of(DiscoverySummary.failed(e)).iterator();
        }
    }
}
