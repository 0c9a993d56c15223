package io.zipmap.scratch;

import io.zipmap.IoSupplier;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers which files passed a check in this process, so that each file is read for verification once. A file is
 * known by its {@link FileAttributes}: it is checked again when somebody has written to it or replaced it. Holds the 10
 * 000 files that were asked for last. Thread-safe; two threads never check the same file at the same time.
 */
public final class VerifiedFiles {
    private static final int MAX_FILES = 10_000;
    private static final int LOCKS = 64;

    /** What identified each file when it passed its check, by path and kind of check. */
    private final Map<String, Object> passed = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > MAX_FILES;
        }
    });

    private final Object[] locks = new Object[LOCKS];

    VerifiedFiles() {
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /**
     * Returns whether a part of a file is intact.
     *
     * @param part names the part among all parts of this file
     * @param check reads the part; called unless this file, in its present state, has passed it before
     */
    public boolean verifyPart(Path file, String part, IoSupplier<Boolean> check) throws IOException {
        return verify(file, file + "!" + part, attributes -> attributes, check);
    }

    /** Returns whether a whole scratch file is intact. A file that the disk cannot read is not. */
    public boolean verifyFile(Path file, FileCheck check) throws IOException {
        return falseIfUnreadable(() -> verifyPart(file, "", () -> check.isIntact(file)));
    }

    /**
     * Returns whether a kept file is intact. Other processes change the times of a kept file whenever they use it, so
     * one check lasts for the life of the file, and a file that this process {@linkplain #addWritten wrote} needs none.
     */
    public boolean verifyKeptFile(Path file, FileCheck check) throws IOException {
        return falseIfUnreadable(
                () -> verify(file, keptKey(file), FileAttributes::fileKey, () -> check.isIntact(file)));
    }

    private static boolean falseIfUnreadable(IoSupplier<Boolean> check) throws IOException {
        try {
            return check.get();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    /** Adds a kept file that this process has just published. */
    void addWritten(Path file) throws IOException {
        FileAttributes attributes = FileAttributes.readIfExists(file);
        if (attributes != null) {
            passed.put(keptKey(file), attributes.fileKey());
        }
    }

    private static String keptKey(Path file) {
        return file + "?";
    }

    private boolean verify(Path file, String key, Function<FileAttributes, Object> identity, IoSupplier<Boolean> check)
            throws IOException {
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            FileAttributes attributes = FileAttributes.readIfExists(file);
            if (attributes == null) {
                return false;
            }
            Object present = identity.apply(attributes);
            if (present.equals(passed.get(key))) {
                return true;
            }
            if (!check.get()) {
                return false;
            }
            passed.put(key, present);
            return true;
        }
    }
}
