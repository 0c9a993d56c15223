package io.zipmap.tools;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.StoreAccess;
import io.zipmap.plan.TaskWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
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
            List<InspectRow> rows = inspection.rowsOf(ref);
            TaskWork.add(1, 0, 0);
            return CollectionConverters.asScala(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot inspect " + ref, e);
        }
    }
}
