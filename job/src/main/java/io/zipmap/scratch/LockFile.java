package io.zipmap.scratch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file whose byte ranges serve as locks, each known by a number. A lock is held against the threads of this process
 * and against other processes; the kernel releases it when its process dies. Thread-safe.
 *
 * <p>POSIX releases all locks that a process has on a file when the process closes any descriptor of the file. So each
 * file is open once per JVM, and the last of its users closes it.
 */
final class LockFile implements AutoCloseable {
    private static final Map<Path, LockFile> OPEN = new HashMap<>();
    private static final long MAX_SLEEP_MILLIS = 50;

    private final Path path;
    private final FileChannel channel;
    private final Object fileKey;
    /** The numbers that threads of this process hold or wait for at the kernel. */
    private final Set<Long> taken = new HashSet<>();

    private int users;

    private LockFile(Path path, FileChannel channel, Object fileKey) {
        this.path = path;
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /**
     * Opens the file, and creates it if it does not exist.
     *
     * @return to be closed by each caller; all callers of one path share it
     */
    static LockFile open(Path path) throws IOException {
        synchronized (OPEN) {
            LockFile known = OPEN.get(path);
            LockFile file = known != null && known.isCurrent() ? known : openChannel(path);
            OPEN.put(path, file);
            file.users++;
            return file;
        }
    }

    /** Makes sure that the opened file is the one that was examined: it has the same key before and after the open. */
    private static LockFile openChannel(Path path) throws IOException {
        while (true) {
            FileAttributes before = FileAttributes.readIfExists(path);
            if (before != null && !(before.isFile() && before.isOwnedByUser())) {
                throw FileAttributes.unsafe(path, "a file of this user", before);
            }
            FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    PrivateAccess.NEW_FILE);
            FileAttributes after = FileAttributes.readIfExists(path);
            if (before != null && after != null && before.fileKey().equals(after.fileKey())) {
                return new LockFile(path, channel, after.fileKey());
            }
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(path, this);
                channel.close();
            }
        }
    }

    /** Whether the path still leads to this file, which other processes lock. The answer lasts while a lock is held. */
    boolean isCurrent() throws IOException {
        FileAttributes present = FileAttributes.readIfExists(path);
        return present != null && Objects.equals(present.fileKey(), fileKey);
    }

    /** A lock that this process holds until it is closed. */
    final class Lock implements AutoCloseable {
        private final long number;
        private final FileLock fileLock;

        private Lock(long number, FileLock fileLock) {
            this.number = number;
            this.fileLock = fileLock;
        }

        @Override
        public void close() throws IOException {
            try {
                fileLock.release();
            } finally {
                releaseThreads(number);
            }
        }
    }

    /** Takes a lock; returns null if others hold it for longer than {@code patience}. */
    @Nullable
    Lock tryLock(long number, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        if (!lockOutThreads(number, deadline)) {
            return null;
        }
        FileLock fileLock = null;
        try {
            fileLock = lockOutProcesses(number, deadline);
        } finally {
            if (fileLock == null) {
                releaseThreads(number);
            }
        }
        return fileLock == null ? null : new Lock(number, fileLock);
    }

    private boolean lockOutThreads(long number, long deadline) throws IOException {
        synchronized (taken) {
            while (!taken.add(number)) {
                long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return false;
                }
                try {
                    taken.wait(leftMillis);
                } catch (InterruptedException e) {
                    throw interrupted();
                }
            }
            return true;
        }
    }

    private void releaseThreads(long number) {
        synchronized (taken) {
            taken.remove(number);
            taken.notifyAll();
        }
    }

    /**
     * Polls: when its thread is interrupted, {@link FileChannel#lock} closes the channel and so releases all other
     * locks.
     */
    private @Nullable FileLock lockOutProcesses(long number, long deadline) throws IOException {
        for (long sleep = 1; ; sleep = Math.min(MAX_SLEEP_MILLIS, sleep * 2)) {
            FileLock fileLock = tryFileLock(number);
            if (fileLock != null || System.nanoTime() - deadline >= 0) {
                return fileLock;
            }
            try {
                Thread.sleep(sleep);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private @Nullable FileLock tryFileLock(long number) throws IOException {
        try {
            return channel.tryLock(number, 1, false);
        } catch (OverlappingFileLockException e) {
            // Another class loader of this JVM has a copy of this class, which holds the lock.
            return null;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Interrupted while waiting for a lock on scratch");
    }
}
