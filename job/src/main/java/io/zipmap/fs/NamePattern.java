package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.GlobPattern;
import org.jspecify.annotations.Nullable;

/** The pattern of the file names that a listing takes: a glob, or the suffixes of archives. Immutable. */
final class NamePattern {
    /** The pattern of an input folder. It also matches suffixes in upper case. */
    static final String ARCHIVES = "*.{zip,npz,npy}";

    private static final Set<String> SUFFIXES = Set.of(".zip", ".npz", ".npy");
    private static final int SUFFIX = 4;

    /**
     * First character of hidden names. As in a shell, a glob matches them only if it starts with this character too:
     * such files are unfinished, or belong to other programs.
     */
    private static final String HIDDEN = ".";

    /** Matches no file. */
    static final NamePattern NONE = new NamePattern("", null);

    private final boolean archives;
    private final boolean hidden;
    private final @Nullable GlobPattern glob;

    private NamePattern(String pattern, @Nullable GlobPattern glob) {
        this.archives = pattern.equals(ARCHIVES);
        this.hidden = pattern.startsWith(HIDDEN);
        this.glob = glob;
    }

    /** Only the constructor of GlobFilter reports a wrong glob by a checked exception. */
    private static GlobPattern glob(String pattern) throws IOException {
        new GlobFilter(pattern);
        return new GlobPattern(pattern);
    }

    /** @throws IOException if the glob is wrong */
    static NamePattern of(String pattern) throws IOException {
        return new NamePattern(pattern, pattern.equals(ARCHIVES) ? null : glob(pattern));
    }

    /**
     * Checks a glob on the driver, where the input is known that contains it.
     *
     * @throws ZipmapException {@code INPUT_MISSING}
     */
    static void requireValid(String input, String pattern) throws ZipmapException {
        try {
            of(pattern);
        } catch (IOException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot understand the glob of the input: " + input)
                    .because(e);
        }
    }

    /** Whether the name matches, and is not hidden unless the pattern names hidden files. */
    boolean takes(String name) {
        if (isHidden(name) && !hidden) {
            return false;
        }
        return matches(name);
    }

    /** Whether the name matches, even if it is hidden. */
    boolean matches(String name) {
        return glob == null ? archives && isArchive(name) : glob.matches(name);
    }

    private static boolean isArchive(String name) {
        int suffix = name.length() - SUFFIX;
        return suffix >= 0 && SUFFIXES.contains(name.substring(suffix).toLowerCase(Locale.ROOT));
    }

    /** Whether a folder of this name is a partition folder, as in {@code date=2024-01-01}. */
    static boolean isPartition(String name) {
        return name.indexOf('=') > 0 && !isHidden(name);
    }

    static boolean isHidden(String name) {
        return name.startsWith(HIDDEN);
    }

    static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }
}
