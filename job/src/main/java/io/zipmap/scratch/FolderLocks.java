package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.IoSupplier;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The locks of one scratch folder: the folder lock, under which processes join, leave and count, and one lock for each
 * file name. A lock is held against all threads and processes of this node. Thread-safe; closed by its creator.
 */
final class FolderLocks implements AutoCloseable {
    private static final long FOLDER_LOCK = 0;
    /** Below the speed of any disk that is worth using. */
    private static final long MIN_BYTES_PER_MILLI = 10_000;

    private static final long MAX_BYTES_TO_WAIT_FOR = 1L << 50;

    private final LockFile file;
    private final Duration patience;

    private FolderLocks(LockFile file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    /**
     * Opens the locks of a folder.
     *
     * @param root an existing folder
     * @param patience how long to wait for a lock
     */
    static FolderLocks open(Path root, Duration patience) throws IOException {
        return new FolderLocks(LockFile.open(FolderLayout.lockFile(root)), patience);
    }

    /**
     * Runs {@code work} under the folder lock.
     *
     * @throws ZipmapException {@code SCRATCH_UNUSABLE} if another process holds the lock for too long
     */
    <T> T runLocked(IoSupplier<T> work) throws IOException {
        return runLockedWithin(patience, work);
    }

    /** Runs {@code work} under the folder lock, as {@link #runLocked} does, after at most {@code wait}. */
    <T> T runLockedWithin(Duration wait, IoSupplier<T> work) throws IOException {
        LockFile.Lock lock = file.tryLock(FOLDER_LOCK, wait);
        if (lock == null) {
            throw new ZipmapException(Condition.SCRATCH_UNUSABLE, "Cannot lock scratch: " + file)
                    .expected("the lock within " + wait.toMillis() + " ms")
                    .advice("A process that was stopped may hold it: lsof shows which.");
        }
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    /**
     * Takes the lock of one file.
     *
     * @param bytes the size of the file: a longer wait is reasonable for a larger file
     * @return to be closed; null if another process has held the lock for longer than it needs to write the file
     */
    LockFile.@Nullable Lock tryLockFile(String scope, String name, long bytes) throws IOException {
        long number = Math.max(FOLDER_LOCK + 1, StableHash.hash(scope + "/" + name) >>> 2);
        return file.tryLock(number, patience.plusMillis(Math.min(bytes, MAX_BYTES_TO_WAIT_FOR) / MIN_BYTES_PER_MILLI));
    }

    /** Whether other processes still use the same lock file. The answer lasts while a lock is held. */
    boolean isCurrent() throws IOException {
        return file.isCurrent();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
