package io.zipmap.scratch;

import io.zipmap.scratch.ScratchUsage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Removes kept files that no process makes or reads, the least recently used first. Runs under the budget lock. */
final class ScratchEviction {
    /** From the least to the most recently used one. */
    private final List<StoredFile> files;

    private ScratchEviction(List<StoredFile> files) {
        this.files = files;
    }

    /**
     * Removes files until {@code bytes} are free.
     *
     * @return the bytes removed; fewer than {@code bytes} if other files are in use
     */
    static long evict(ScratchUsage usage, long bytes) {
        List<StoredFile> files = usage.completeFiles().stream()
                .sorted(Comparator.comparing(file -> file.attributes().lastModifiedTime()))
                .toList();
        return new ScratchEviction(files).evictUntil(bytes);
    }

    private long evictUntil(long bytes) {
        long removed = 0;
        for (StoredFile file : files) {
            if (removed >= bytes) {
                break;
            }
            if (tryRemove(file)) {
                removed += file.attributes().size() + removeCompanions(file);
            }
        }
        return removed;
    }

    /** Removes the companions of a file from all folders, and returns their bytes. */
    private long removeCompanions(StoredFile file) {
        return files.stream()
                .filter(other -> CompanionName.isCompanion(other.name(), file.name()))
                .filter(ScratchEviction::tryRemove)
                .mapToLong(other -> other.attributes().size())
                .sum();
    }

    /** Removes the file unless a process makes or reads it; {@link ReaderMarks} explains the order of the steps. */
    private static boolean tryRemove(StoredFile file) {
        Path folder = file.folder().files();
        try {
            if (ReaderMarks.isMarkedByAny(folder, file.name())) {
                return false;
            }
            Path removal = file.folder().removalPath(file.name());
            Files.move(file.path(), removal);
            if (ReaderMarks.isMarkedByAny(folder, file.name())) {
                PartFile.rename(removal, file.path());
                return false;
            }
            return Files.deleteIfExists(removal);
        } catch (IOException e) {
            // Another process has removed it, or the disk takes no change.
            return false;
        }
    }
}
