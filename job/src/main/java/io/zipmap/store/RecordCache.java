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
 * Remembers the records that this process has checked on its node: a query that reads an array in a hundred slices
 * opens and checks its archive once. A record of a local archive counts only while the archive's inode is the same. The
 * least recently used records go first. Whoever finds a record out of date replaces it.
 */
final class RecordCache {
    private static final int MOST = 20_000;

    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Slot> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A record, the inode of the local archive that it is of, and who read it last.
     *
     * @param reader whose reads shall all be of one file; negative when nobody says
     */
    record Known(ArrayRecord record, @Nullable FileAttributes archive, long reader) {}

    /** One maker at a time; the others wait for its record. */
    static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Known known;

        @Nullable
        Known known() {
            return known;
        }

        void put(Known found) {
            known = found;
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

    Slot slot(ArchiveRef archive, int entryIndex, ExtractRules rules) {
        String key = String.join(
                "\0",
                archive.toString(),
                Integer.toString(entryIndex),
                rules.inPlace().name(),
                String.valueOf(rules.raw()));
        synchronized (slots) {
            return slots.computeIfAbsent(key, unknown -> new Slot());
        }
    }
}
