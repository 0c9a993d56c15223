package io.zipmap.tools;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.StoreAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.IterableOnce;
import scala.jdk.javaapi.CollectionConverters;

/** Inspects archives in a task. */
final class InspectTask implements FlatMapFunction<Iterator<ArchiveRef>, InspectRow> {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;
    private final CollectionAccumulator<EntryTally> tallies;

    /** @param tallies receives one tally from each task */
    InspectTask(StoreAccess access, CollectionAccumulator<EntryTally> tallies) {
        this.access = access;
        this.tallies = tallies;
    }

    @Override
    public Iterator<InspectRow> call(Iterator<ArchiveRef> archives) {
        ArchiveInspection inspection = new ArchiveInspection(access.sources(), access.settings());
        TaskCompletionListener addTally = context -> tallies.add(inspection.tally());
        TaskContext.get().addTaskCompletionListener(addTally);
        return CollectionConverters.asJava(
                CollectionConverters.asScala(archives).flatMap(ref -> rows(inspection, ref)));
    }

    private static IterableOnce<InspectRow> rows(ArchiveInspection inspection, ArchiveRef ref) {
        try {
            return CollectionConverters.asScala(inspection.rowsOf(ref));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot inspect " + ref, e);
        }
    }
}
