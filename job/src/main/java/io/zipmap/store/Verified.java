package io.zipmap.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which files this process has read whole and found right, so that the slices of an array do not each read all of it.
 * Remembers a file by what its inode says: whoever writes to it, or puts another in its place, changes that.
 */
final class Verified {
    private static final int MOST = 10_000;
    private static final int LOCKS = 64;

    private final Map<String, Inode> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Inode> eldest) {
            return size() > MOST;
        }
    });
    private final Object[] locks = new Object[LOCKS];

    Verified() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /** Reads it all. */
    interface Check {
        boolean isRight() throws IOException;
    }

    /**
     * Whether what {@code file} holds is right; asks {@code check} unless it said so before. One thread at a time asks, the
     * others wait for what it finds.
     *
     * @param part which part of the file it is about; empty for all of it
     */
    boolean isRight(Path file, String part, Check check) throws IOException {
        String key = file + "!" + part;
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            Inode now = Inode.at(file);
            if (now == null) {
                return false;
            }
            if (Objects.equals(known.get(key), now)) {
                return true;
            }
            if (!check.isRight()) {
                return false;
            }
            known.put(key, now);
            return true;
        }
    }
}
