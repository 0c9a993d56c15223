package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Finds and removes what dead processes left in a scratch folder. Callers hold the folder lock, except for
 * {@link #tryDeleteRemoved}.
 */
final class ScratchSweep {
    private ScratchSweep() {}

    /** Whether a live process has a lease on the scope. */
    static boolean isInUse(Path files) throws IOException {
        for (Path lease : ScratchLease.list(files)) {
            if (ScratchLease.isAlive(lease)) {
                return true;
            }
        }
        return false;
    }

    /** Moves the scopes of applications without a live process out of the way, to be deleted without the lock. */
    static void moveDeadScopes(Path root) throws IOException {
        for (Path files : FileTree.list(root, FolderLayout.APP_SCOPES_GLOB)) {
            if (!isInUse(files)) {
                moveAway(files);
            }
        }
    }

    /** Moves one scope out of the way, to be deleted without the lock. */
    static void moveAway(Path files) throws IOException {
        Path removed = files.resolveSibling(FolderLayout.REMOVED_PREFIX + UUID.randomUUID());
        Files.move(files, removed, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the scopes that were moved out of the way. */
    static void deleteRemoved(Path root) throws IOException {
        for (Path removed : FileTree.list(root, FolderLayout.REMOVED_PREFIX + "*")) {
            FileTree.delete(removed);
        }
    }

    /** Does the same as {@link #deleteRemoved}; returns false if the disk fails. */
    static boolean tryDeleteRemoved(Path root) {
        try {
            deleteRemoved(root);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes the leases, reader marks and parts of dead processes from a scope that is in use. */
    static void removeRemains(Path files) throws IOException {
        Set<String> live = new HashSet<>();
        for (Path lease : ScratchLease.list(files)) {
            if (ScratchLease.isAlive(lease)) {
                live.add(ScratchLease.id(lease));
            } else {
                Files.deleteIfExists(lease);
            }
        }
        for (Path marks : FileTree.list(files, FolderLayout.MARKS_PREFIX + "*")) {
            if (!live.contains(marks.getFileName().toString().substring(FolderLayout.MARKS_PREFIX.length()))) {
                FileTree.delete(marks);
            }
        }
        for (Path part : FileTree.list(files, PartName.GLOB)) {
            if (!live.contains(PartName.lease(part.getFileName().toString()))) {
                FileTree.delete(part);
            }
        }
    }

    /** Whether the path is a private folder without files. */
    static boolean isEmptyFolder(Path folder) throws IOException {
        FileAttributes attributes = FileAttributes.readIfExists(folder);
        return attributes != null
                && attributes.isPrivateFolder()
                && FileTree.list(folder, "*").isEmpty();
    }

    /**
     * Removes the root if it holds nothing but the lock file.
     *
     * @return whether it is removed
     */
    static boolean removeEmptyRoot(Path root, FolderLocks locks) throws IOException {
        if (!locks.isCurrent() || !holdsOnlyLockFile(root)) {
            return false;
        }
        Files.deleteIfExists(FolderLayout.lockFile(root));
        try {
            return Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            // Another process has created a new lock file since.
            return false;
        }
    }

    private static boolean holdsOnlyLockFile(Path root) throws IOException {
        List<Path> files = FileTree.list(root, "*");
        return files.size() == 1 && files.get(0).equals(FolderLayout.lockFile(root));
    }
}
