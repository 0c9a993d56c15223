package io.zipmap.scratch;

import io.zipmap.IoSupplier;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which files passed a check in this process, so that each file is read for verification once. A file is
 * known by its {@link FileAttributes}: it is checked again after somebody has written to it or replaced it. The least
 * recently used files are forgotten first. Thread-safe: one thread checks a file, and the others wait for the result.
 */
public final class VerifiedFiles {
    private static final int MAX_FILES = 10_000;

    /** By path and kind of check. */
    private final Map<String, CheckedFile> entries = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CheckedFile> eldest) {
            return size() > MAX_FILES;
        }
    });

    /** The lock of one file, and what identified the file when it last passed its check. */
    private static final class CheckedFile {
        private volatile @Nullable Object passed;
    }

    VerifiedFiles() {}

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
            entry(keptKey(file)).passed = attributes.fileKey();
        }
    }

    private static String keptKey(Path file) {
        return file + "?";
    }

    private CheckedFile entry(String key) {
        return entries.computeIfAbsent(key, unknown -> new CheckedFile());
    }

    private boolean verify(Path file, String key, Function<FileAttributes, Object> identity, IoSupplier<Boolean> check)
            throws IOException {
        CheckedFile entry = entry(key);
        // Inside this lock the check may verify another file, the companion of this one.
        synchronized (entry) {
            FileAttributes attributes = FileAttributes.readIfExists(file);
            Object present = attributes == null ? null : identity.apply(attributes);
            if (present != null && present.equals(entry.passed)) {
                return true;
            }
            if (present == null || !check.get()) {
                // Only files that passed are worth a place.
                entries.remove(key, entry);
                return false;
            }
            entry.passed = present;
            return true;
        }
    }
}
