package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.scratch.ContentWriter;
import io.zipmap.scratch.FileAttributes;
import io.zipmap.scratch.FileExpectation;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Arrays that are mapped where their archive has them. Their bytes are not ours: whoever reads them looks before and
 * after whether the archive is still the file that was opened.
 */
final class InPlaceArrays {
    private final ArrayStore store;

    InPlaceArrays(ArrayStore store) {
        this.store = store;
    }

    /**
     * A bare array file on a local disk lies as an extracted one would: there is nothing to extract, whatever was said.
     */
    Optional<Path> placeOf(Archive archive, ArchiveEntry entry) throws IOException {
        Optional<Path> local = store.opener.local(archive.ref().uri());
        boolean possible = (entry.name() == null || entry.stored()) && local.isPresent();
        boolean wanted = entry.name() == null || store.rules.inPlace() != InPlace.NEVER;
        if (store.rules.inPlace() == InPlace.ALWAYS && !possible) {
            throw new ZipmapException(Condition.IN_PLACE_IMPOSSIBLE, "Cannot map an entry in place")
                    .expected("a stored entry of a local archive")
                    .actual(entry.methodName() + (local.isPresent() ? ", local" : ", remote"))
                    .advice("Use --in-place auto.");
        }
        // An archive may be named by a symbolic link; what is mapped is never one.
        return possible && wanted
                ? Optional.of(local.get().toRealPath()).filter(InPlaceArrays::isFoundByText)
                : Optional.empty();
    }

    /** A record has the path as text, in which a name that the locale cannot say is lost. */
    private static boolean isFoundByText(Path file) {
        try {
            return Path.of(file.toString()).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * A file without a byte in scratch remembers, as long as scratch itself, that the entry was sound in this file.
     * Where scratch has no room even for that, or would remember for too long, the entry is read again the next time.
     */
    void checkOnce(Archive archive, ArchiveEntry entry, ArrayStart start) throws IOException {
        ContentWriter check = out -> {
            start.verify();
            store.requireUnchanged(archive.ref(), entry);
        };
        FileAttributes file = archives().opened(archive.ref());
        Optional<Path> path = store.opener.local(archive.ref().uri());
        if (file == null || path.isEmpty() || store.scratch.keeps() && !isSettled(path.get(), file)) {
            start.verify();
            store.requireUnchanged(archive.ref(), entry);
            return;
        }
        try {
            store.scratch
                    .obtain(FileExpectation.of(ArrayFileName.ofCheck(archive.ref(), entry, file), 0), check)
                    .close();
        } catch (ZipmapException e) {
            if (e.condition() != Condition.SCRATCH_FULL && e.condition() != Condition.SCRATCH_UNUSABLE) {
                throw e;
            }
            start.verify();
            store.requireUnchanged(archive.ref(), entry);
        }
    }

    /**
     * The inode says so. Where it does not, as after a copy that kept the time, the directory and the checksum can;
     * what has neither was replaced.
     */
    void requireUnchanged(ArrayRecord record) throws IOException {
        FileAttributes opened = archives().opened(record.archive());
        FileAttributes now = LocalArchives.look(Path.of(record.path()));
        if (opened != null && opened.equals(now)) {
            return;
        }
        if (opened == null) {
            store.open(record.archive()).close();
        } else if (record.crc32() >= 0) {
            requireRightNow(record);
        } else {
            store.opener.open(record.archive()).close();
        }
        FileAttributes sound = archives().opened(record.archive());
        if (sound != null) {
            LocalArchives.requireSame(record.archive(), sound, now);
        }
    }

    /** As {@code verify=crc} demands. A verdict on a file that may change without a trace is good for one time. */
    void requireRight(ArrayRecord record) throws IOException {
        Path path = Path.of(record.path());
        FileAttributes file = LocalArchives.look(path);
        if (file == null || !isSettled(path, file)) {
            requireRightNow(record);
            return;
        }
        store.scratch.verified().verifyPart(path, record.entryIndex() + "", () -> {
            requireRightNow(record);
            return true;
        });
    }

    /** Reads the entry again as extraction does, and throws what that throws. */
    private void requireRightNow(ArrayRecord record) throws IOException {
        try (Archive archive = store.open(record.archive());
                ArrayStart start = ArrayStart.open(archive, ArrayStore.entry(archive, record), store.rules)) {
            start.verify();
        }
    }

    boolean isSettled(Path path, FileAttributes file) throws IOException {
        return store.files.settled().isSettled(path, file);
    }

    private LocalArchives archives() {
        return store.files.archives();
    }
}
