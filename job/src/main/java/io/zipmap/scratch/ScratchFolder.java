package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One scratch folder as this process uses it. In {@code FOLDER/zipmap-USER} lie a lock file and a folder for each
 * scope; in that lie the files, a lease for each process that uses them, and in {@code .use-LEASE} what
 * {@link ReaderMarks} says.
 *
 * <p>Scopes come and go, and leases are judged, under the lock {@link #ADMIN} only.
 */
final class ScratchFolder implements AutoCloseable {
    static final String APP = "app-";
    static final String KEEP = "keep";
    static final String USE = ".use-";
    static final String LOCK = "lock";
    private static final long ADMIN = 0;
    private static final long SLOWEST_BYTES_PER_MILLI = 10_000;
    private static final long MOST_TO_WAIT_FOR = 1L << 50;

    private final Path root;
    private final Path files;
    private final LockFile lock;
    private final ScratchLease lease;
    private final ReaderMarks uses;
    private final Duration patience;
    private volatile boolean suspect;

    private ScratchFolder(Path root, Path files, LockFile lock, ScratchLease lease, Duration patience) {
        this.root = root;
        this.files = files;
        this.lock = lock;
        this.lease = lease;
        this.uses = new ReaderMarks(files, lease.id());
        this.patience = patience;
    }

    /**
     * Makes what is missing, takes a lease, and moves what dead processes left out of the way.
     *
     * @throws ZipmapException {@code SCRATCH_UNSAFE} when something in the way is not ours
     * @throws IOException when the folder is of no use
     */
    static ScratchFolder open(Path base, String scope, Duration patience) throws IOException {
        Path root = base.resolve(PrivateAccess.userFolderName());
        while (true) {
            LockFile lock;
            try {
                PrivateAccess.createFolder(root);
                lock = LockFile.at(root.resolve(LOCK));
            } catch (NoSuchFileException e) {
                if (Files.isDirectory(base)) {
                    continue;
                }
                throw e;
            }
            Optional<ScratchFolder> folder = Optional.empty();
            try {
                folder = locked(lock, patience, () -> enter(root, scope, lock, patience));
            } finally {
                if (folder.isEmpty()) {
                    abandon(root, root.resolve(scope), lock);
                }
            }
            if (folder.isPresent()) {
                return folder.get();
            }
        }
    }

    /** Leaves nothing behind on a disk that turned out to be of no use, unless others are there. */
    private static void abandon(Path root, Path files, LockFile lock) {
        try (lock) {
            locked(lock, Duration.ZERO, () -> {
                boolean left = lock.isThere() && ScratchSweep.isEmptyFolder(files) && Files.deleteIfExists(files);
                return removeIfEmpty(root, lock) || left;
            });
        } catch (IOException e) {
            // Then an empty folder stays on a disk that is of no use.
            return;
        }
    }

    /** Nothing, when the lock that is held is no longer the one that others take. */
    private static Optional<ScratchFolder> enter(Path root, String scope, LockFile lock, Duration patience)
            throws IOException {
        if (!lock.isThere()) {
            return Optional.empty();
        }
        Path files = PrivateAccess.createFolder(root.resolve(scope));
        ScratchLease lease = ScratchLease.take(files);
        boolean entered = false;
        try {
            ScratchSweep.tidy(files);
            ScratchSweep.moveDead(root);
            entered = true;
            return Optional.of(new ScratchFolder(root, files, lock, lease, patience));
        } finally {
            if (!entered) {
                lease.release();
            }
        }
    }

    interface Work<T> {
        T run() throws IOException;
    }

    /** Works while no other process comes, goes or counts in this folder. */
    static <T> T locked(LockFile lock, Duration patience, Work<T> work) throws IOException {
        LockFile.Hold hold = lock.lock(ADMIN, patience);
        if (hold == null) {
            throw new ZipmapException(Condition.SCRATCH_UNUSABLE, "Cannot lock scratch: " + lock)
                    .expected("the lock within " + patience.toMillis() + " ms")
                    .advice("A process that was stopped may hold it: lsof shows which.");
        }
        try {
            return work.run();
        } finally {
            hold.close();
        }
    }

    <T> T locked(Work<T> work) throws IOException {
        return locked(lock, patience, work);
    }

    /** The lock on one file; null when another process has held it for too long to be making so many bytes. */
    LockFile.@Nullable Hold lock(String name, long bytes) throws IOException {
        long number = Math.max(ADMIN + 1, StableHash.hash(files.getFileName() + "/" + name) >>> 2);
        return lock.lock(number, patience.plusMillis(Math.min(bytes, MOST_TO_WAIT_FOR) / SLOWEST_BYTES_PER_MILLI));
    }

    Path files() {
        return files;
    }

    Path path(String name) {
        return files.resolve(name);
    }

    /** What lies under a name; null too where the disk does not tell. */
    @Nullable
    FileAttributes find(String name) {
        try {
            return FileAttributes.readIfExists(path(name));
        } catch (IOException e) {
            suspect();
            return null;
        }
    }

    long free() throws IOException {
        return Files.getFileStore(files).getUsableSpace();
    }

    /** Begins a file. The folder is looked at again, since who may rename it can put another in its place. */
    PartFile create(String name, long bytes) throws ZipmapException, DiskFailure {
        FileAttributes inode;
        try {
            inode = FileAttributes.readIfExists(files);
        } catch (IOException e) {
            throw new DiskFailure(e);
        }
        if (inode != null && inode.isFolder() && !inode.isPrivateFolder()) {
            throw FileAttributes.unsafe(files, "a folder of this user with mode 0700", inode);
        }
        return PartFile.create(path(name), bytes, lease.id());
    }

    /** Whether all is still there by which others know of this process; yes too where the disk does not tell. */
    boolean isThere() {
        try {
            return lock.isThere() && lease.isThere();
        } catch (IOException e) {
            suspect();
            return true;
        }
    }

    /**
     * Deletes what dead processes left and {@link #open} found; what will not go does not keep this disk from being
     * tried.
     */
    void sweep() {
        try {
            ScratchSweep.delete(ScratchSweep.gone(root));
        } catch (IOException e) {
            suspect();
        }
    }

    /** Removes what dead processes of this scope left. */
    void tidy() throws IOException {
        locked(() -> {
            ScratchSweep.tidy(files);
            return files;
        });
    }

    ReaderMarks uses() {
        return uses;
    }

    /** Whether a process makes or reads this file of the cache. */
    boolean isUsed(String name) throws IOException {
        for (Path marks : ScratchSweep.list(files, USE + "*")) {
            if (FileAttributes.readIfExists(marks.resolve(name)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Where to put a file out of the way, so that it is gone even if this process dies then. */
    Path away(String name) {
        return PartName.of(path(name), 0, lease.id());
    }

    /** Something failed on this disk: it is tried last from now on. */
    void suspect() {
        suspect = true;
    }

    boolean isSuspect() {
        return suspect;
    }

    /** Gives the lease up; whoever is the last to do so removes the files of an application, and then what is empty. */
    @Override
    public void close() throws IOException {
        try (lock) {
            try {
                locked(this::leave);
            } finally {
                lease.release();
            }
            sweep();
            locked(() -> removeIfEmpty(root, lock));
        }
    }

    private boolean leave() throws IOException {
        lease.release();
        if (lock.isThere()) {
            ScratchSweep.tidy(files);
            ScratchSweep.moveDead(root);
        }
        return true;
    }

    static boolean removeIfEmpty(Path root, LockFile lock) throws IOException {
        if (!lock.isThere() || !ScratchSweep.isEmpty(root)) {
            return false;
        }
        Files.deleteIfExists(root.resolve(LOCK));
        try {
            return Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            // Another process has made a new lock file there since.
            return false;
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
