package io.zipmap.job.extract;

import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.plan.EntryChoice;
import io.zipmap.store.ArrayStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Extracts archive after archive, entry after entry, and ends with what was chosen of all of them; holds one open
 * archive and no array.
 */
final class ExtractIterator implements Iterator<EntryOutcome>, Closeable {
    private final Iterator<ArchiveRef> archives;
    private final ArrayStore store;
    private final PipelineSettings settings;
    private final EntryChoice choice;
    private Iterator<ArchiveEntry> entries = Collections.emptyIterator();
    private @Nullable Archive archive;
    private @Nullable EntryOutcome next;
    private boolean told;

    ExtractIterator(Iterator<ArchiveRef> archives, ArrayStore store, PipelineSettings settings) {
        this.archives = archives;
        this.store = store;
        this.settings = settings;
        this.choice = new EntryChoice(settings.entries());
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && !told) {
                if (entries.hasNext()) {
                    next = extract(entries.next());
                } else if (archives.hasNext()) {
                    next = open(archives.next());
                } else {
                    told = true;
                    next = EntryOutcome.of(choice.tally());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return next != null;
    }

    @Override
    public EntryOutcome next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        EntryOutcome outcome = next;
        next = null;
        return outcome;
    }

    /** Its entries come next, if it can be read. */
    private EntryOutcome open(ArchiveRef ref) throws IOException {
        close();
        try {
            Archive open = store.open(ref);
            archive = open;
            entries = choice.of(open).taken().iterator();
            return EntryOutcome.of(new SeenArchive(open.ref(), store.isSettled(open)));
        } catch (ZipmapException e) {
            return EntryOutcome.of(new SeenArchive(ref, true), failed(ref, null, null, e));
        }
    }

    private EntryOutcome extract(ArchiveEntry entry) throws IOException {
        if (archive == null) {
            throw new IllegalStateException("No archive is open");
        }
        try {
            return EntryOutcome.of(store.extract(archive, entry).requireSmall());
        } catch (ZipmapException e) {
            return EntryOutcome.of(failed(archive.ref(), entry.name(), entry.index(), e));
        }
    }

    private Failure failed(ArchiveRef ref, @Nullable String entry, @Nullable Integer index, ZipmapException e)
            throws ZipmapException {
        ZipmapException error = e.archive(ref.uri()).entry(entry);
        if (!new Quarantine(settings).takes(error)) {
            throw error;
        }
        return new Failure(ref.uri(), entry, index, TaskNode.host(), error);
    }

    @Override
    public void close() {
        entries = Collections.emptyIterator();
        if (archive != null) {
            Archive open = archive;
            archive = null;
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot close " + open.ref(), e);
            }
        }
    }
}
