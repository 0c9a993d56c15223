package io.zipmap.job.extract;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.EntryChoice;
import io.zipmap.plan.EntryTally;
import io.zipmap.plan.StoreAccess;
import io.zipmap.plan.TaskWork;
import io.zipmap.store.ArrayStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The extract stage: turns the archives of a partition into outcomes, lazily. Each archive gives one outcome for itself
 * and one for each chosen entry; the task ends with the tally of its entries. If several tasks share an archive, its
 * own outcome and its tally come from the first of them. A task holds one open archive at a time and no array; the end
 * of the task closes the archive.
 */
public final class ExtractTask implements FlatMapFunction<Iterator<Tuple2<ArchiveRef, EntryShare>>, ExtractOutcome> {
    private static final long serialVersionUID = 1L;

    /** Failures to open an archive that the next task need not have. */
    private static final Set<Condition> OF_SOURCE = Set.of(
            Condition.SOURCE_MISSING,
            Condition.SOURCE_NOT_A_FILE,
            Condition.SOURCE_UNREADABLE,
            Condition.SOURCE_CHANGED,
            Condition.SOURCE_FAILED);

    private final PipelineSettings settings;
    private final StoreAccess access;

    public ExtractTask(PipelineSettings settings, StoreAccess access) {
        this.settings = settings;
        this.access = access;
    }

    /**
     * The outcomes of all archives.
     *
     * @param shares of each archive; a task takes one share of the archives of a partition
     */
    public JavaRDD<ExtractOutcome> run(JavaRDD<ArchiveRef> archives, List<EntryShare> shares) {
        // Each pair of a partition and a share is a task, which prefers the host of the partition.
        JavaPairRDD<ArchiveRef, EntryShare> shared = shares.size() == 1
                ? archives.mapToPair(ref -> new Tuple2<>(ref, EntryShare.whole()))
                : archives.cartesian(
                        JavaSparkContext.fromSparkContext(archives.context()).parallelize(shares, shares.size()));
        return shared.mapPartitions(this);
    }

    @Override
    public Iterator<ExtractOutcome> call(Iterator<Tuple2<ArchiveRef, EntryShare>> archives) throws IOException {
        Outcomes outcomes = new Outcomes(archives, access.store(), settings);
        TaskCompletionListener close = context -> outcomes.close();
        TaskContext.get().addTaskCompletionListener(close);
        return outcomes;
    }

    /** Extracts one entry a step. Not thread-safe. */
    private static final class Outcomes implements Iterator<ExtractOutcome>, Closeable {
        private final Iterator<Tuple2<ArchiveRef, EntryShare>> archives;
        private final ArrayStore store;
        private final PipelineSettings settings;
        private final EntryChoice choice;
        private Iterator<ArchiveEntry> entries = Collections.emptyIterator();
        private @Nullable Archive archive;
        private @Nullable ExtractOutcome next;
        private boolean first = true;
        private boolean counted = true;
        private boolean tallied;

        Outcomes(Iterator<Tuple2<ArchiveRef, EntryShare>> archives, ArrayStore store, PipelineSettings settings) {
            this.archives = archives;
            this.store = store;
            this.settings = settings;
            this.choice = new EntryChoice(settings.entries());
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && !tallied) {
                    if (entries.hasNext()) {
                        next = extract(entries.next());
                    } else if (archives.hasNext()) {
                        countArchive();
                        Tuple2<ArchiveRef, EntryShare> shared = archives.next();
                        first = shared._2.isFirst();
                        next = open(shared._1, shared._2);
                    } else {
                        tallied = true;
                        countArchive();
                        next = ExtractOutcome.tallied(first ? choice.tally() : EntryTally.NONE);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return next != null;
        }

        @Override
        public ExtractOutcome next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            ExtractOutcome outcome = next;
            next = null;
            return outcome;
        }

        /** Makes a share of the entries of this archive the next ones, if its directory can be read. */
        private @Nullable ExtractOutcome open(ArchiveRef ref, EntryShare share) throws IOException {
            close();
            counted = !share.isFirst();
            try {
                Archive opened = store.open(ref);
                archive = opened;
                List<ArchiveEntry> taken = choice.choose(opened).taken();
                entries = share.take(taken).iterator();
                if (share.isFirst()) {
                    countRest(ref, taken);
                }
                return share.isFirst()
                        ? ExtractOutcome.opened(new ProcessedArchive(opened.ref(), store.isSettled(opened)))
                        : null;
            } catch (ZipmapException e) {
                Failure failure = quarantined(ref, null, null, e);
                if (share.isFirst()) {
                    countRest(ref, List.of());
                    return ExtractOutcome.unreadable(new ProcessedArchive(ref, true), failure);
                }
                // The task of the first share finds the same bytes, but it may have found another file.
                return OF_SOURCE.contains(e.condition()) ? ExtractOutcome.failed(failure) : null;
            }
        }

        /** Counts the bytes of an archive that no entry of any task has. */
        private static void countRest(ArchiveRef ref, List<ArchiveEntry> taken) {
            long ofEntries =
                    taken.stream().mapToLong(ArchiveEntry::compressedSize).sum();
            TaskWork.add(0, 0, Math.max(0, ref.length() - ofEntries));
        }

        private void countArchive() {
            if (!counted) {
                counted = true;
                TaskWork.add(1, 0, 0);
            }
        }

        private ExtractOutcome extract(ArchiveEntry entry) throws IOException {
            if (archive == null) {
                throw new IllegalStateException("No archive is open");
            }
            try {
                ExtractOutcome outcome =
                        ExtractOutcome.extracted(store.extract(archive, entry).requireSmall());
                TaskWork.add(0, 1, entry.compressedSize());
                return outcome;
            } catch (ZipmapException e) {
                TaskWork.add(0, 0, entry.compressedSize());
                return ExtractOutcome.failed(quarantined(archive.ref(), entry.name(), entry.index(), e));
            }
        }

        /** @throws ZipmapException the error itself, if it ends the task */
        private Failure quarantined(ArchiveRef ref, @Nullable String entry, @Nullable Integer index, ZipmapException e)
                throws ZipmapException {
            ZipmapException error = e.archive(ref.uri()).entry(entry);
            if (!settings.quarantine().accepts(error)) {
                throw error;
            }
            return new Failure(ref.uri(), entry, index, StoreAccess.host(), error);
        }

        @Override
        public void close() {
            entries = Collections.emptyIterator();
            if (archive != null) {
                Archive opened = archive;
                archive = null;
                try {
                    opened.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot close " + opened.ref(), e);
                }
            }
        }
    }
}
