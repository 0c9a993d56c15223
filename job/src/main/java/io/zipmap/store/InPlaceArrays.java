package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.scratch.FileAttributes;
import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.Scratch;
import io.zipmap.store.ExtractRules.InPlace;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which entries are mapped in place, and checks them. Other programs may write to a file that is mapped in
 * place, so its readers check before and after each read that the archive is still the file that was opened.
 * Thread-safe.
 */
final class InPlaceArrays {
    private final ArchiveAccess archives;
    private final ExtractRules rules;
    private final Scratch scratch;
    private final SettledTimes settled;

    InPlaceArrays(ArchiveAccess archives, ExtractRules rules, NodeFiles node) {
        this.archives = archives;
        this.rules = rules;
        this.scratch = node.scratch();
        this.settled = node.settled();
    }

    /**
     * The file in which to map an entry; empty if the entry must be extracted. A bare array file on a local disk is
     * always mapped in place, because there is nothing to extract.
     *
     * @throws ZipmapException {@code IN_PLACE_IMPOSSIBLE}
     */
    Optional<Path> fileOf(Archive archive, ArchiveEntry entry) throws IOException {
        Optional<Path> local = archives.local(archive.ref());
        boolean possible = (entry.name() == null || entry.isStored()) && local.isPresent();
        boolean wanted = entry.name() == null || rules.inPlace() != InPlace.NEVER;
        if (rules.inPlace() == InPlace.ALWAYS && !possible) {
            throw new ZipmapException(Condition.IN_PLACE_IMPOSSIBLE, "Cannot map an entry in place")
                    .expected("a stored entry of a local archive")
                    .actual(entry.methodName() + (local.isPresent() ? ", local" : ", remote"))
                    .advice("Use " + OptionSpelling.mention("inPlace", "auto") + ".");
        }
        // A symbolic link may name the archive, but a MappedArray opens no link.
        return possible && wanted
                ? Optional.of(local.get().toRealPath()).filter(InPlaceArrays::survivesAsText)
                : Optional.empty();
    }

    /** A record carries the path as text. Text loses a file name that the locale cannot express. */
    private static boolean survivesAsText(Path file) {
        try {
            return Path.of(file.toString()).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * Reads the whole entry to check its size and CRC-32, unless scratch has a note that this was done with the same
     * file. The note is an empty file. If scratch has no room for it, or if the archive may still change without a
     * trace, the entry is read again the next time.
     */
    void checkOnce(Archive archive, ArchiveEntry entry, ArrayStart start) throws IOException {
        FileAttributes file = archives.fileWhenOpened(archive.ref());
        Optional<Path> path = archives.local(archive.ref());
        if (file == null || path.isEmpty() || (scratch.keeps() && !isSettled(path.get(), file))) {
            check(archive, entry, start);
            return;
        }
        try {
            String note = ArrayFileNames.ofCheckNote(archive.ref(), entry, file);
            scratch.obtain(FileExpectation.of(note, 0), out -> check(archive, entry, start))
                    .close();
        } catch (ZipmapException e) {
            if (e.condition() != Condition.SCRATCH_FULL && e.condition() != Condition.SCRATCH_UNUSABLE) {
                throw e;
            }
            check(archive, entry, start);
        }
    }

    private void check(Archive archive, ArchiveEntry entry, ArrayStart start) throws IOException {
        start.verify();
        archives.requireUnchanged(archive.ref(), entry);
    }

    /**
     * Checks that the record's archive is still the file that was opened. If the attributes of the file differ, as
     * after a copy that kept the modification time, the directory and the checksum decide. A bare array has neither: it
     * was replaced.
     *
     * @return the attributes of the file that was checked; null if it is gone and no check could tell
     * @throws ZipmapException {@code SOURCE_CHANGED}
     */
    @Nullable
    FileAttributes requireUnchanged(ArrayRecord record) throws IOException {
        FileAttributes opened = archives.fileWhenOpened(record.archive());
        FileAttributes now = ArchiveAccess.fileAt(Path.of(record.path()));
        if (opened != null && opened.equals(now)) {
            return now;
        }
        if (opened == null) {
            archives.open(record.archive()).close();
        } else if (record.crc32() >= 0) {
            readAndCheck(record);
        } else {
            archives.requireVersion(record.archive());
        }
        FileAttributes checked = archives.fileWhenOpened(record.archive());
        if (checked != null) {
            ArchiveAccess.requireSame(record.archive(), checked, now);
        }
        return now;
    }

    /**
     * Checks the CRC-32 of the record's entry. The verdict is remembered only if the file cannot change without a
     * trace.
     */
    void requireChecksum(ArrayRecord record) throws IOException {
        Path path = Path.of(record.path());
        FileAttributes file = ArchiveAccess.fileAt(path);
        if (file == null || !isSettled(path, file)) {
            readAndCheck(record);
            return;
        }
        scratch.verified().verifyPart(path, record.entryIndex() + "", () -> {
            readAndCheck(record);
            return true;
        });
    }

    /** Reads the whole entry again, with the errors of an extraction. */
    private void readAndCheck(ArrayRecord record) throws IOException {
        try (Archive archive = archives.open(record.archive());
                ArrayStart start =
                        ArrayStart.open(archive, ArchiveAccess.entryOf(archive, record), rules, new NpyHeaders())) {
            start.verify();
        }
    }

    /** False for a local bare array, which has no checksum, if its file may still change without a trace. */
    boolean isSettled(Archive archive) throws IOException {
        List<ArchiveEntry> entries = archive.entries();
        if (entries.isEmpty() || entries.get(0).name() != null) {
            return true;
        }
        FileAttributes file = archives.fileWhenOpened(archive.ref());
        Optional<Path> path = archives.local(archive.ref());
        return file == null || path.isEmpty() || isSettled(path.get(), file);
    }

    /** As {@link SettledTimes#isSettled}. */
    boolean isSettled(Path path, FileAttributes file) throws IOException {
        return settled.isSettled(path, file);
    }
}
