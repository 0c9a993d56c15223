package io.zipmap.store;

import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record of one array as this node has it ready: known from an earlier read, or made now. Known is what was made of the file
 * that is the archive now; for an archive on no disk of this node, of the generation that is asked for. One thread at a time.
 */
final class ReadyRecord {
    private final ArrayStore store;
    private final ArchiveRef archive;
    private final int entryIndex;
    private final RecordMemo.Slot slot;
    private final long reader;
    private boolean made;

    /** @param reader a number for all that shall be read of one and the same file; negative for one read alone */
    ReadyRecord(ArrayStore store, ArchiveRef archive, int entryIndex, long reader) {
        this.store = store;
        this.archive = archive;
        this.entryIndex = entryIndex;
        this.slot = store.scratch.findings().memo().slot(archive, entryIndex, store.rules);
        this.reader = reader;
    }

    /** The record, and the hold on its file. */
    Lying find() throws IOException {
        Lying known = known();
        return known != null ? known : make();
    }

    /** Whether it was not known. */
    boolean isMade() {
        return made;
    }

    /** Says where the array lies from now on. */
    void put(ArrayRecord record) {
        Inode file = store.scratch.findings().archives().opened(record.archive());
        slot.put(new RecordMemo.Known(record, file, reader));
    }

    private @Nullable Lying known() throws IOException {
        RecordMemo.Known known = slot.known();
        if (known == null) {
            return null;
        }
        Inode now = LocalArchives.look(store.opener, archive);
        ArrayRecord record = known.record();
        if (!Objects.equals(known.archive(), now)) {
            requireOneFile(known, now);
            return null;
        }
        if (reader != known.reader()) {
            slot.put(new RecordMemo.Known(record, now, reader));
        }
        return new Lying(record, store.scratch.use(Path.of(record.path())));
    }

    /** An archive's directory tells when it is made again; for a bare array there is only this to tell two files apart. */
    private void requireOneFile(RecordMemo.Known known, @Nullable Inode now) throws IOException {
        Inode before = known.archive();
        if (before != null && known.record().crc32() < 0 && reader >= 0 && reader == known.reader()) {
            LocalArchives.requireSame(archive, before, now);
        }
    }

    private Lying make() throws IOException {
        slot.lock();
        try {
            Lying known = known();
            if (known != null) {
                return known;
            }
            try (Archive open = store.open(archive)) {
                ArchiveEntry entry = open.entries().stream()
                        .filter(candidate -> candidate.index() == entryIndex)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No entry " + entryIndex + " in " + archive));
                Lying lying = store.lay(open, entry, false);
                made = true;
                put(lying.record());
                return lying;
            }
        } finally {
            slot.unlock();
        }
    }
}
