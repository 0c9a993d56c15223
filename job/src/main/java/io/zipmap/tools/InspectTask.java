package io.zipmap.tools;

import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.Sources;
import io.zipmap.plan.EntryChoice;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.StoreAccess;
import io.zipmap.store.ArrayStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Inspects archives in a task: reads the directory of each archive and the header of each entry, and decodes nothing
 * else.
 */
final class InspectTask implements FlatMapFunction<Iterator<ArchiveRef>, Row> {
    private static final long serialVersionUID = 1L;

    private final StoreAccess access;
    private final CollectionAccumulator<EntryTally> tallies;

    /** @param tallies receives one tally from each task */
    InspectTask(StoreAccess access, CollectionAccumulator<EntryTally> tallies) {
        this.access = access;
        this.tallies = tallies;
    }

    @Override
    public Iterator<Row> call(Iterator<ArchiveRef> archives) {
        Sources sources = access.sources();
        EntryChoice choice = new EntryChoice(access.settings().entries());
        TaskCompletionListener addTally = context -> tallies.add(choice.tally());
        TaskContext.get().addTaskCompletionListener(addTally);
        return CollectionConverters.asJava(CollectionConverters.asScala(archives)
                .flatMap(ref -> CollectionConverters.asScala(inspectArchive(sources, choice, ref))));
    }

    /** The rows of one archive, one row an entry. */
    private List<Row> inspectArchive(Sources sources, EntryChoice choice, ArchiveRef ref) {
        List<Row> rows = new ArrayList<>();
        try (Archive archive =
                Archive.open(sources.open(ref), access.settings().rules().limits())) {
            EntryChoice.Entries entries = choice.choose(archive);
            for (ArchiveEntry entry : entries.taken()) {
                rows.add(inspectEntry(archive, entry));
            }
            for (ArchiveEntry entry : entries.superseded()) {
                rows.add(InspectRow.ofEntry(archive, entry, null));
            }
        } catch (ZipmapException e) {
            rows.add(InspectRow.ofFailure(ref, null, e.archive(ref.uri())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot inspect " + ref, e);
        }
        return rows;
    }

    private Row inspectEntry(Archive archive, ArchiveEntry entry) throws IOException {
        try (ArrayStart start =
                ArrayStart.open(archive, entry, access.settings().rules())) {
            return InspectRow.ofEntry(archive, entry, start);
        } catch (ZipmapException e) {
            return InspectRow.ofFailure(
                    archive.ref(), entry, e.archive(archive.ref().uri()).entry(entry.name()));
        }
    }
}
