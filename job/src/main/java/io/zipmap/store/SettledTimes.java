package io.zipmap.store;

import io.zipmap.scratch.FileAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether the times of a file can be trusted to tell that its bytes are the same. A process that has the file mapped
 * writes to a page, and Linux moves the times; when it writes to that page again, they stay as they are until the page
 * has been written to disk, after some 35 seconds. On a file system in memory that may never be.
 */
final class SettledTimes {
    /** In milliseconds; for tests, which cannot wait for so long. */
    private static final String AGE = "zipmap.settledAfterMillis";

    private static final long DEFAULT_AGE = Duration.ofSeconds(60).toMillis();
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs", "hugetlbfs");

    /** By device: to ask the system takes as long as to read some tens of kilobytes. */
    private final Map<Long, Boolean> inMemory = new ConcurrentHashMap<>();

    /** @param inode of {@code file} before any of its bytes was read */
    boolean isSettled(Path file, FileAttributes inode) throws IOException {
        long age = System.currentTimeMillis() - inode.latestTime().toMillis();
        return age >= Long.getLong(AGE, DEFAULT_AGE) && !isInMemory(file, inode);
    }

    private boolean isInMemory(Path file, FileAttributes inode) throws IOException {
        Boolean known = inMemory.get(inode.device());
        if (known == null) {
            known = IN_MEMORY.contains(Files.getFileStore(file).type());
            inMemory.put(inode.device(), known);
        }
        return known;
    }
}
