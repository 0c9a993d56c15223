package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pins the kept files that this process makes or reads: no process removes a pinned file to make room. The files of an
 * application are never removed to make room, and need no pin. Thread-safe.
 */
final class FilePins {
    private final FolderSet folders;
    private final boolean keep;
    private final Set<Path> untilClosed = ConcurrentHashMap.newKeySet();

    FilePins(FolderSet folders, boolean keep) {
        this.folders = folders;
        this.keep = keep;
    }

    /** Pins a file that this process is about to write. */
    ScratchFile pinNew(ScratchFolder folder, String name) {
        return pin(folder, name, false);
    }

    /** Pins a file that seems to exist. It may be removed before the pin is set, so the caller looks again. */
    ScratchFile pinFound(ScratchFolder folder, String name) {
        return pin(folder, name, true);
    }

    /** Pins the file if it is in one of the folders. A file elsewhere needs no pin. */
    ScratchFile pinPath(Path path) {
        ScratchFolder folder = keep ? folders.folderOf(path) : null;
        return folder == null
                ? new ScratchFile(path, true, () -> {})
                : pin(folder, path.getFileName().toString(), true);
    }

    /** Pins the file as {@link #pinPath} does; the end of this process's membership in the folder removes the pin. */
    void pinUntilClosed(Path path) {
        if (keep && untilClosed.add(path)) {
            pinPath(path);
        }
    }

    private ScratchFile pin(ScratchFolder folder, String name, boolean reused) {
        if (!keep) {
            return new ScratchFile(folder.path(name), reused, () -> {});
        }
        folder.readerMarks().add(name);
        return new ScratchFile(
                folder.path(name), reused, () -> folder.readerMarks().remove(name));
    }

    /** Records that a kept file is used now: the least recently used files are removed first. */
    void recordUse(Path file) {
        if (keep) {
            try {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            } catch (IOException e) {
                // A disk may be readable and not writable.
                return;
            }
        }
    }
}
