package io.zipmap.scratch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The mark by which a process owns a scratch scope: a file {@code .lease-ID} that holds the process's
 * {@link ProcessIdentity}, and that the process locks for as long as it lives.
 *
 * <p>A lease is dead only if both the identity and the lock say so. The identity alone is wrong in another container of
 * this host, which has process numbers of its own. The lock alone is wrong if other code of the process has opened and
 * closed the file, which releases the lock.
 */
final class ScratchLease {
    private static final int MAX_BYTES = 4096;
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    /** The leases of this process. It never opens them again, because the close would release the lock. */
    private static final Set<Path> TAKEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ScratchLease(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Creates and locks a new lease.
     *
     * @param files the scope's folder
     * @return to be released by the caller
     */
    static ScratchLease take(Path files) throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        Path file = files.resolve(FolderLayout.LEASE_PREFIX + id);
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateAccess.NEW_FILE);
        TAKEN_HERE.add(file);
        ScratchLease lease = new ScratchLease(file, channel);
        boolean taken = false;
        try {
            channel.lock(LOCKED_BYTE, 1, false);
            ByteBuffer identity =
                    StandardCharsets.UTF_8.encode(ProcessIdentity.current().toString());
            while (identity.hasRemaining()) {
                channel.write(identity);
            }
            taken = true;
            return lease;
        } finally {
            if (!taken) {
                lease.release();
            }
        }
    }

    String id() {
        return id(file);
    }

    static String id(Path lease) {
        return lease.getFileName().toString().substring(FolderLayout.LEASE_PREFIX.length());
    }

    /** Whether the file is still there for other processes to see. */
    boolean exists() throws IOException {
        return FileAttributes.readIfExists(file) != null;
    }

    /** Deletes and unlocks the file. Further calls do nothing. */
    void release() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        } finally {
            TAKEN_HERE.remove(file);
        }
    }

    /** Lists the leases of all processes on a scope. */
    static List<Path> list(Path files) throws IOException {
        return FileTree.list(files, FolderLayout.LEASE_PREFIX + "*");
    }

    /** Whether the process of the lease may still live. */
    static boolean isAlive(Path lease) throws IOException {
        if (TAKEN_HERE.contains(lease)) {
            return true;
        }
        FileAttributes attributes = FileAttributes.readIfExists(lease);
        if (attributes == null || !attributes.isFile() || attributes.size() > MAX_BYTES) {
            return false;
        }
        ProcessStatus status = ProcessIdentity.parse(Files.readString(lease)).status();
        return status != ProcessStatus.DEAD || isLocked(lease);
    }

    private static boolean isLocked(Path lease) throws IOException {
        try (FileChannel channel = FileChannel.open(lease, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
