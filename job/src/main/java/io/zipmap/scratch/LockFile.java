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
 * Locks by number, held against the threads of this process and against other processes, which the kernel lets go when
 * their owner dies. They are byte ranges of one file.
 *
 * <p>POSIX drops all locks that a process has on a file when the process closes any descriptor of it. So a file is
 * opened once per JVM, and closed by the last of its users.
 */
final class LockFile implements AutoCloseable {
    private static final Map<Path, LockFile> OPEN = new HashMap<>();
    private static final long LONGEST_NAP = 50;

    private final Path path;
    private final FileChannel channel;
    private final Object key;
    private final Set<Long> held = new HashSet<>();
    private int users;

    private LockFile(Path path, FileChannel channel, Object key) {
        this.path = path;
        this.channel = channel;
        this.key = key;
    }

    /** Opens the file, or counts one more user of it. */
    static LockFile at(Path path) throws IOException {
        synchronized (OPEN) {
            LockFile known = OPEN.get(path);
            LockFile file = known != null && known.isThere() ? known : open(path);
            OPEN.put(path, file);
            file.users++;
            return file;
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

    /** A file that keeps its number from before the open to after it is the one that was opened. */
    private static LockFile open(Path path) throws IOException {
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

    /** Whether the file is still the one that others lock; to be asked while a lock is held. */
    boolean isThere() throws IOException {
        FileAttributes now = FileAttributes.readIfExists(path);
        return now != null && Objects.equals(now.fileKey(), key);
    }

    /** A lock that was got. */
    final class Hold implements AutoCloseable {
        private final long number;
        private final FileLock lock;

        private Hold(long number, FileLock lock) {
            this.number = number;
            this.lock = lock;
        }

        @Override
        public void close() throws IOException {
            try {
                lock.release();
            } finally {
                letGo(number);
            }
        }
    }

    /** Takes the lock; null when it could not be had in time. */
    @Nullable
    Hold lock(long number, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        if (!take(number, deadline)) {
            return null;
        }
        FileLock lock = null;
        try {
            lock = poll(number, deadline);
        } finally {
            if (lock == null) {
                letGo(number);
            }
        }
        return lock == null ? null : new Hold(number, lock);
    }

    private boolean take(long number, long deadline) throws IOException {
        synchronized (held) {
            while (!held.add(number)) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                try {
                    held.wait(left);
                } catch (InterruptedException e) {
                    throw interrupted();
                }
            }
            return true;
        }
    }

    private void letGo(long number) {
        synchronized (held) {
            held.remove(number);
            held.notifyAll();
        }
    }

    /**
     * By trying: FileChannel.lock closes the channel, and so drops every other lock, when its thread is interrupted.
     */
    private @Nullable FileLock poll(long number, long deadline) throws IOException {
        for (long nap = 1; ; nap = Math.min(LONGEST_NAP, nap * 2)) {
            FileLock lock = attempt(number);
            if (lock != null || System.nanoTime() - deadline >= 0) {
                return lock;
            }
            try {
                Thread.sleep(nap);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private @Nullable FileLock attempt(long number) throws IOException {
        try {
            return channel.tryLock(number, 1, false);
        } catch (OverlappingFileLockException e) {
            // Held by a copy of this class that another class loader made.
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
