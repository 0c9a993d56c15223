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
 * The file by which a process says that it uses a scope: {@code .lease-ID}, with its {@link ProcessIdentity} in it and
 * locked as long as the process lives. A lease counts as dead only when both say so: the mark is not right in another
 * container of this host, which has process numbers of its own, and the lock may be lost to a close elsewhere in its
 * process.
 */
final class ScratchLease {
    static final String PREFIX = ".lease-";
    private static final int MAX_BYTES = 4096;
    /** Of this process. They are never opened again: closing that would let the lock go. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private ScratchLease(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static ScratchLease take(Path folder) throws IOException {
        Path file = folder.resolve(PREFIX + UUID.randomUUID().toString().replace("-", ""));
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateAccess.NEW_FILE);
        OURS.add(file);
        ScratchLease lease = new ScratchLease(file, channel);
        boolean taken = false;
        try {
            channel.lock(Long.MAX_VALUE - 1, 1, false);
            ByteBuffer mark =
                    StandardCharsets.UTF_8.encode(ProcessIdentity.current().toString());
            while (mark.hasRemaining()) {
                channel.write(mark);
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
        return lease.getFileName().toString().substring(PREFIX.length());
    }

    /** Whether others can still see it. */
    boolean isThere() throws IOException {
        return FileAttributes.readIfExists(file) != null;
    }

    void release() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        } finally {
            OURS.remove(file);
        }
    }

    /** All leases on a scope. */
    static List<Path> list(Path folder) throws IOException {
        return ScratchSweep.list(folder, PREFIX + "*");
    }

    /** Whether its process may still be there. */
    static boolean isAlive(Path lease) throws IOException {
        if (OURS.contains(lease)) {
            return true;
        }
        FileAttributes inode = FileAttributes.readIfExists(lease);
        if (inode == null || !inode.isFile() || inode.size() > MAX_BYTES) {
            return false;
        }
        ProcessStatus verdict = ProcessIdentity.parse(Files.readString(lease)).status();
        return verdict != ProcessStatus.DEAD || isLocked(lease);
    }

    private static boolean isLocked(Path lease) throws IOException {
        try (FileChannel channel = FileChannel.open(lease, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
