package io.zipmap.store;

import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.scratch.FileAttributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record of one array as this node has it ready: known from an earlier read, or made now. Known is what was made of
 * the file that is the archive now; for an archive on no disk of this node, of the generation that is asked for. One
 * thread at a time.
 */
final class ReadyRecord {
    private final ArrayStore store;
    private final ArchiveRef archive;
    private final int entryIndex;
    private final RecordCache.Slot slot;
    private final long reader;
    private boolean made;

    /** @param reader a number for all that shall be read of one and the same file; negative for one read alone */
    ReadyRecord(ArrayStore store, ArchiveRef archive, int entryIndex, long reader) {
        this.store = store;
        this.archive = archive;
        this.entryIndex = entryIndex;
        this.slot = store.files.records().slot(archive, entryIndex, store.rules);
        this.reader = reader;
    }

    /** The record, and the hold on its file. */
    PinnedRecord find() throws IOException {
        PinnedRecord known = known();
        return known != null ? known : make();
    }

    /** Whether it was not known. */
    boolean isMade() {
        return made;
    }

    /** Says where the array lies from now on. */
    void put(ArrayRecord record) {
        FileAttributes file = store.files.archives().opened(record.archive());
        slot.put(new RecordCache.Known(record, file, reader));
    }

    private @Nullable PinnedRecord known() throws IOException {
        RecordCache.Known known = slot.known();
        if (known == null) {
            return null;
        }
        FileAttributes now = LocalArchives.look(store.opener, archive);
        ArrayRecord record = known.record();
        if (!Objects.equals(known.archive(), now)) {
            requireOneFile(known, now);
            return null;
        }
        if (reader != known.reader()) {
            slot.put(new RecordCache.Known(record, now, reader));
        }
        return new PinnedRecord(record, store.scratch.pin(Path.of(record.path())));
    }

    /**
     * An archive's directory tells when it is made again; for a bare array there is only this to tell two files apart.
     */
    private void requireOneFile(RecordCache.Known known, @Nullable FileAttributes now) throws IOException {
        FileAttributes before = known.archive();
        if (before != null && known.record().crc32() < 0 && reader >= 0 && reader == known.reader()) {
            LocalArchives.requireSame(archive, before, now);
        }
    }

    private PinnedRecord make() throws IOException {
        slot.lock();
        try {
            PinnedRecord known = known();
            if (known != null) {
                return known;
            }
            try (Archive open = store.open(archive)) {
                ArchiveEntry entry = open.entries().stream()
                        .filter(candidate -> candidate.index() == entryIndex)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No entry " + entryIndex + " in " + archive));
                PinnedRecord lying = store.lay(open, entry, false);
                made = true;
                put(lying.record());
                return lying;
            }
        } finally {
            slot.unlock();
        }
    }
}
