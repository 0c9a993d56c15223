package io.zipmap.scratch;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Which files this process has read whole and found right, so that the slices of an array do not each read all of it.
 * Remembers a file by what its inode says: whoever writes to it, or puts another in its place, changes that.
 */
public final class VerifiedFiles {
    private static final int MOST = 10_000;
    private static final int LOCKS = 64;

    private final Map<String, Object> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > MOST;
        }
    });
    private final Object[] locks = new Object[LOCKS];

    public VerifiedFiles() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /** Reads it all. */
    public interface Check {
        public boolean isRight() throws IOException;
    }

    /**
     * Whether what {@code file} holds is right; asks {@code check} unless it said so before. One thread at a time asks,
     * the others wait for what it finds.
     *
     * @param part which part of the file it is about; empty for all of it
     */
    public boolean isRight(Path file, String part, Check check) throws IOException {
        return isRight(file, file + "!" + part, now -> now, check);
    }

    /** The same of a whole file in scratch; a disk that does not give it has not kept it. */
    public boolean isRight(Path file, FileExpectation.Look look) throws IOException {
        return given(() -> isRight(file, "", () -> look.isRight(file)));
    }

    /**
     * The same for a kept file, of which other processes move the times whenever they use it: one look is enough for as
     * long as it is the same file, and none is needed for a file that this process {@link #wrote}.
     */
    public boolean isRightOnce(Path file, FileExpectation.Look look) throws IOException {
        return given(() -> isRight(file, once(file), FileAttributes::key, () -> look.isRight(file)));
    }

    private static boolean given(Check check) throws IOException {
        try {
            return check.isRight();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    void wrote(Path file) throws IOException {
        FileAttributes now = FileAttributes.at(file);
        if (now != null) {
            known.put(once(file), now.key());
        }
    }

    private static String once(Path file) {
        return file + "?";
    }

    private boolean isRight(Path file, String key, Function<FileAttributes, Object> identity, Check check)
            throws IOException {
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            FileAttributes now = FileAttributes.at(file);
            if (now == null) {
                return false;
            }
            Object same = identity.apply(now);
            if (same.equals(known.get(key))) {
                return true;
            }
            if (!check.isRight()) {
                return false;
            }
            known.put(key, same);
            return true;
        }
    }
}
