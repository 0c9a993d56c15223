package io.zipmap.store;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.scratch.FileAttributes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The records that this process has made or checked on its node. A query that reads an array in a hundred slices opens
 * the archive once. Whoever finds a record out of date replaces it. The least recently used record is dropped first.
 * Thread-safe.
 */
final class RecordCache {
    private static final int MOST = 20_000;

    private final Map<String, CachedRecord> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CachedRecord> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A record, and the facts that tell whether it is out of date.
     *
     * @param archiveFile the file of the local archive that the record was made from; null if the archive is not local
     * @param readerId the reader that used the record last, as {@link ArrayStore#hold} describes it
     */
    record Value(ArrayRecord record, @Nullable FileAttributes archiveFile, long readerId) {}

    /** The place of one array in the cache. Its lock lets one thread extract the array while the others wait. */
    static final class CachedRecord {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Value value;

        @Nullable
        Value value() {
            return value;
        }

        void set(Value newValue) {
            value = newValue;
        }

        void lock() throws IOException {
            try {
                lock.lockInterruptibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while another task extracts the same array");
            }
        }

        void unlock() {
            lock.unlock();
        }
    }

    /** The entry of an array as these rules extract it; empty if the array is not known yet. */
    CachedRecord entry(ArchiveRef archive, int entryIndex, ExtractRules rules) {
        String key = String.join(
                "\0",
                archive.toString(),
                Integer.toString(entryIndex),
                rules.inPlace().name(),
                String.valueOf(rules.raw()));
        synchronized (entries) {
            return entries.computeIfAbsent(key, unknown -> new CachedRecord());
        }
    }
}
