package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The membership of this process in one scope of one scratch folder, from {@link #join} to {@link #close}. While it
 * lasts, its lease keeps other processes from removing the scope. Thread-safe; owns the lease and the folder's locks.
 */
final class FolderMembership implements AutoCloseable {
    private final Path root;
    private final Path files;
    private final FolderLocks locks;
    private final ScratchLease lease;

    private FolderMembership(Path root, Path files, FolderLocks locks, ScratchLease lease) {
        this.root = root;
        this.files = files;
        this.locks = locks;
        this.lease = lease;
    }

    /**
     * Creates the missing folders, takes a lease, and moves the scopes of dead processes out of the way.
     *
     * @param patience how long to wait for a lock
     * @throws io.zipmap.ZipmapException {@code SCRATCH_UNSAFE} if another user could have put there what is found
     * @throws IOException if the folder is not usable; then it is left as it was, unless others use it
     */
    static FolderMembership join(Path folder, String scope, Duration patience) throws IOException {
        Path root = FolderLayout.root(folder);
        while (true) {
            FolderLocks locks;
            try {
                PrivateAccess.createFolder(root);
                locks = FolderLocks.open(root, patience);
            } catch (NoSuchFileException e) {
                // The last other member has just removed the root, or there is no folder.
                if (Files.isDirectory(folder)) {
                    continue;
                }
                throw e;
            }
            Optional<FolderMembership> membership = Optional.empty();
            try {
                membership = locks.runLocked(() -> enter(root, scope, locks));
            } finally {
                if (membership.isEmpty()) {
                    abandon(root, root.resolve(scope), locks);
                }
            }
            if (membership.isPresent()) {
                return membership.get();
            }
        }
    }

    /** Runs under the folder lock. Returns empty if another process has replaced the lock file meanwhile. */
    private static Optional<FolderMembership> enter(Path root, String scope, FolderLocks locks) throws IOException {
        if (!locks.isCurrent()) {
            return Optional.empty();
        }
        Path files = PrivateAccess.createFolder(root.resolve(scope));
        ScratchLease lease = ScratchLease.take(files);
        boolean entered = false;
        try {
            ScratchSweep.removeRemains(files);
            ScratchSweep.moveDeadScopes(root);
            entered = true;
            return Optional.of(new FolderMembership(root, files, locks, lease));
        } finally {
            if (!entered) {
                lease.release();
            }
        }
    }

    /** Removes the created folders again, unless others use them. Closes the locks. */
    private static void abandon(Path root, Path files, FolderLocks locks) {
        try (locks) {
            locks.runLockedWithin(Duration.ZERO, () -> {
                boolean removed = locks.isCurrent() && ScratchSweep.isEmptyFolder(files) && Files.deleteIfExists(files);
                return ScratchSweep.removeEmptyRoot(root, locks) || removed;
            });
        } catch (IOException e) {
            // An empty folder stays on a disk that is not usable.
            return;
        }
    }

    Path root() {
        return root;
    }

    /** The folder of the scope's files. */
    Path files() {
        return files;
    }

    FolderLocks locks() {
        return locks;
    }

    String leaseId() {
        return lease.id();
    }

    /** Whether the lock file and the lease are still there for other processes to see. */
    boolean isVisible() throws IOException {
        return locks.isCurrent() && lease.exists();
    }

    /**
     * Ends the membership. The last member of an application's scope removes its files, and the last member of a folder
     * the folder.
     */
    @Override
    public void close() throws IOException {
        try (locks) {
            try {
                locks.runLocked(this::leave);
            } finally {
                lease.release();
            }
            ScratchSweep.tryDeleteRemoved(root);
            locks.runLocked(() -> ScratchSweep.removeEmptyRoot(root, locks));
        }
    }

    /** Runs under the folder lock. */
    private boolean leave() throws IOException {
        lease.release();
        if (locks.isCurrent()) {
            ScratchSweep.removeRemains(files);
            ScratchSweep.moveDeadScopes(root);
        }
        return true;
    }
}
