package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The name, the size and, optionally, a {@link FileCheck} that a scratch file must match. The name identifies the
 * content: two files of one name have the same bytes. Immutable.
 */
public final class FileExpectation {
    private static final int MAX_NAME = 200;

    private final String name;
    private final long bytes;
    private final @Nullable FileCheck check;
    private final boolean replacesForeign;
    private final boolean optional;

    private FileExpectation(
            String name, long bytes, @Nullable FileCheck check, boolean replacesForeign, boolean optional) {
        if (!isName(name) || PartName.isPart(name)) {
            throw new IllegalArgumentException("Not a name for scratch: " + name);
        }
        this.name = name;
        this.bytes = bytes;
        this.check = check;
        this.replacesForeign = replacesForeign;
        this.optional = optional;
    }

    /** Digits, lower-case letters, dots and hyphens. Written out, because it is asked for every extracted file. */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean inside = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || i > 0 && (c == '.' || c == '-');
            if (!inside) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= MAX_NAME;
    }

    /**
     * Expects a file whose name and size are proof enough.
     *
     * @param name digits, lower-case letters, dots and hyphens; a digest of all that decides the content
     * @param bytes the exact size, known before the first byte is written
     */
    public static FileExpectation of(String name, long bytes) {
        return new FileExpectation(name, bytes, null, false, false);
    }

    /**
     * Expects a file that was found missing or damaged. Any other file under its name is replaced, also one of another
     * user.
     *
     * @param check null if nothing but the size can tell
     */
    public static FileExpectation lost(String name, long bytes, @Nullable FileCheck check) {
        return new FileExpectation(name, bytes, check, true, false);
    }

    /**
     * Expects a file that a caller can do without. It must pass {@code check}, and any other file under its name is
     * replaced. No caller waits until the budget has room for it.
     */
    public static FileExpectation optional(String name, long bytes, FileCheck check) {
        return new FileExpectation(name, bytes, check, true, true);
    }

    public String name() {
        return name;
    }

    long bytes() {
        return bytes;
    }

    /** Whether a file of another user under this name is replaced; otherwise it is an error. */
    boolean replacesForeign() {
        return replacesForeign;
    }

    boolean isOptional() {
        return optional;
    }

    /** Whether the file is sealed, has the size, and passes the check. The check is remembered in {@code verified}. */
    boolean isMetBy(Path file, FileAttributes attributes, VerifiedFiles verified) throws IOException {
        return attributes.isSealedFile()
                && attributes.size() == bytes
                && (check == null || verified.verifyFile(file, check));
    }
}
