package io.zipmap.job.extract;

import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.EntryChoice;
import io.zipmap.plan.StoreAccess;
import io.zipmap.store.ArrayStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The extract stage: turns the archives of a partition into outcomes, lazily. Each archive gives one outcome for itself
 * and one for each chosen entry; the task ends with the tally of its entries. A task holds one open archive at a time
 * and no array; the end of the task closes the archive.
 */
public final class ExtractTask implements FlatMapFunction<Iterator<ArchiveRef>, ExtractOutcome> {
    private static final long serialVersionUID = 1L;

    private final PipelineSettings settings;
    private final StoreAccess access;

    public ExtractTask(PipelineSettings settings, StoreAccess access) {
        this.settings = settings;
        this.access = access;
    }

    @Override
    public Iterator<ExtractOutcome> call(Iterator<ArchiveRef> archives) throws IOException {
        Outcomes outcomes = new Outcomes(archives, access.store(), settings);
        TaskCompletionListener close = context -> outcomes.close();
        TaskContext.get().addTaskCompletionListener(close);
        return outcomes;
    }

    /** Extracts one entry a step. Not thread-safe. */
    private static final class Outcomes implements Iterator<ExtractOutcome>, Closeable {
        private final Iterator<ArchiveRef> archives;
        private final ArrayStore store;
        private final PipelineSettings settings;
        private final EntryChoice choice;
        private Iterator<ArchiveEntry> entries = Collections.emptyIterator();
        private @Nullable Archive archive;
        private @Nullable ExtractOutcome next;
        private boolean tallied;

        Outcomes(Iterator<ArchiveRef> archives, ArrayStore store, PipelineSettings settings) {
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
                        next = open(archives.next());
                    } else {
                        tallied = true;
                        next = ExtractOutcome.tallied(choice.tally());
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

        /** Makes the entries of this archive the next ones, if its directory can be read. */
        private ExtractOutcome open(ArchiveRef ref) throws IOException {
            close();
            try {
                Archive opened = store.open(ref);
                archive = opened;
                entries = choice.choose(opened).taken().iterator();
                return ExtractOutcome.opened(new ProcessedArchive(opened.ref(), store.isSettled(opened)));
            } catch (ZipmapException e) {
                return ExtractOutcome.unreadable(new ProcessedArchive(ref, true), quarantined(ref, null, null, e));
            }
        }

        private ExtractOutcome extract(ArchiveEntry entry) throws IOException {
            if (archive == null) {
                throw new IllegalStateException("No archive is open");
            }
            try {
                return ExtractOutcome.extracted(store.extract(archive, entry).requireSmall());
            } catch (ZipmapException e) {
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
