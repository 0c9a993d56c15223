package io.zipmap.store;

import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.scratch.FileAttributes;
import io.zipmap.scratch.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the record of one array on this node: in the {@link RecordCache}, or by extracting the entry. A cached record
 * of a local archive counts only while the archive is the same file. Not thread-safe.
 */
final class RecordLookup {
    private final ArchiveAccess archives;
    private final ArrayExtractor extractor;
    private final Scratch scratch;
    private final ArchiveRef archive;
    private final int entryIndex;
    private final RecordCache.CachedRecord entry;
    private final long readerId;
    private boolean extracted;

    /** @param readerId as {@link ArrayStore#hold} describes it */
    RecordLookup(
            ArchiveAccess archives,
            ArrayExtractor extractor,
            Scratch scratch,
            ArchiveRef archive,
            int entryIndex,
            RecordCache.CachedRecord entry,
            long readerId) {
        this.archives = archives;
        this.extractor = extractor;
        this.scratch = scratch;
        this.archive = archive;
        this.entryIndex = entryIndex;
        this.entry = entry;
        this.readerId = readerId;
    }

    /** The record, with its file pinned. The caller closes it. */
    PinnedRecord findOrExtract() throws IOException {
        PinnedRecord found = find();
        return found != null ? found : extractOnce();
    }

    /** Pins the file of a record until scratch is closed. */
    void keepFile(ArrayRecord record) {
        scratch.pinUntilClosed(Path.of(record.path()));
    }

    /** Whether {@link #findOrExtract} found no record, and extracted the entry. */
    boolean isExtracted() {
        return extracted;
    }

    /** Puts a new record of the array into the cache. */
    void remember(ArrayRecord record) {
        entry.set(new RecordCache.Value(record, archives.fileWhenOpened(record.archive()), readerId));
    }

    private @Nullable PinnedRecord find() throws IOException {
        RecordCache.Value cached = entry.value();
        if (cached == null) {
            return null;
        }
        FileAttributes now = archives.fileOf(archive);
        ArrayRecord record = cached.record();
        if (!Objects.equals(cached.archiveFile(), now)) {
            requireOneFile(cached, now);
            return null;
        }
        if (readerId != cached.readerId()) {
            entry.set(new RecordCache.Value(record, now, readerId));
        }
        return new PinnedRecord(record, scratch.pin(Path.of(record.path())));
    }

    /**
     * Fails if this reader has read another file of a bare array before. Other archives have a directory, which tells
     * two generations apart when the archive is opened.
     */
    private void requireOneFile(RecordCache.Value cached, @Nullable FileAttributes now) throws IOException {
        FileAttributes before = cached.archiveFile();
        if (before != null && cached.record().crc32() < 0 && readerId >= 0 && readerId == cached.readerId()) {
            ArchiveAccess.requireSame(archive, before, now);
        }
    }

    private PinnedRecord extractOnce() throws IOException {
        entry.lock();
        try {
            PinnedRecord found = find();
            if (found != null) {
                return found;
            }
            try (Archive open = archives.open(archive)) {
                PinnedRecord made = extractor.extract(open, entryOf(open));
                extracted = true;
                remember(made.record());
                return made;
            }
        } finally {
            entry.unlock();
        }
    }

    private ArchiveEntry entryOf(Archive open) {
        return open.entries().stream()
                .filter(candidate -> candidate.index() == entryIndex)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No entry " + entryIndex + " in " + archive));
    }
}
