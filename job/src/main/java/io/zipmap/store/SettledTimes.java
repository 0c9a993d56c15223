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
 * Decides whether unchanged times prove that a file's bytes are unchanged. They do once the times are old enough, and
 * never on a file system in memory.
 *
 * <p>The reason is a process that writes to the file through a map. Linux updates the times at the first write to a
 * page. Further writes to that page leave the times as they are until the kernel has written the page to disk, which
 * takes some 35 seconds, or never happens in memory. Thread-safe.
 */
final class SettledTimes {
    /** System property: the age in milliseconds, for tests. */
    private static final String AGE = "zipmap.settledAfterMillis";

    private static final long DEFAULT_AGE = Duration.ofSeconds(60).toMillis();
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs", "hugetlbfs");

    /**
     * Whether the file system of a device is in memory. Cached, because asking for it takes as long as a read of some
     * ten kilobytes.
     */
    private final Map<Long, Boolean> inMemory = new ConcurrentHashMap<>();

    /** @param attributes of {@code file}, taken before any of its bytes was read */
    boolean isSettled(Path file, FileAttributes attributes) throws IOException {
        long age = System.currentTimeMillis() - attributes.latestTime().toMillis();
        return age >= Long.getLong(AGE, DEFAULT_AGE) && !isInMemory(file, attributes);
    }

    private boolean isInMemory(Path file, FileAttributes attributes) throws IOException {
        Boolean known = inMemory.get(attributes.device());
        if (known == null) {
            known = IN_MEMORY.contains(Files.getFileStore(file).type());
            inMemory.put(attributes.device(), known);
        }
        return known;
    }
}
