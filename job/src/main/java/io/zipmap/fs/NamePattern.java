package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.GlobPattern;
import org.jspecify.annotations.Nullable;

/** Which names in a folder are taken. */
final class NamePattern {
    /** What an input folder means: it also means the same suffixes in capitals. */
    static final String ARCHIVES = "*.{zip,npz,npy}";

    private static final Set<String> SUFFIXES = Set.of(".zip", ".npz", ".npy");
    private static final int SUFFIX = 4;

    /**
     * As in a shell, a glob takes what begins with this only when it does so itself: such files are unfinished, or
     * notes of other programs.
     */
    private static final String HIDDEN = ".";

    /** For folders alone. */
    static final NamePattern NONE = new NamePattern("", null);

    private final boolean archives;
    private final boolean hidden;
    private final @Nullable GlobPattern glob;

    private NamePattern(String pattern, @Nullable GlobPattern glob) {
        this.archives = pattern.equals(ARCHIVES);
        this.hidden = pattern.startsWith(HIDDEN);
        this.glob = glob;
    }

    /** Of a mistake in a pattern only the filter tells by an exception that it declares. */
    private static GlobPattern glob(String pattern) throws IOException {
        new GlobFilter(pattern);
        return new GlobPattern(pattern);
    }

    static NamePattern of(String pattern) throws IOException {
        return new NamePattern(pattern, pattern.equals(ARCHIVES) ? null : glob(pattern));
    }

    /**
     * @throws ZipmapException {@code INPUT_MISSING}: a task that lists would meet the mistake too, but could not say
     *     whose it is
     */
    static void require(String input, String pattern) throws ZipmapException {
        try {
            of(pattern);
        } catch (IOException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot understand the glob of the input: " + input)
                    .because(e);
        }
    }

    boolean takes(String name) {
        if (isHidden(name) && !hidden) {
            return false;
        }
        return matches(name);
    }

    /** The same of hidden names too. */
    boolean matches(String name) {
        return glob == null ? archives && isArchive(name) : glob.matches(name);
    }

    private static boolean isArchive(String name) {
        int suffix = name.length() - SUFFIX;
        return suffix >= 0 && SUFFIXES.contains(name.substring(suffix).toLowerCase(Locale.ROOT));
    }

    /** Whether this is what a folder means of which the user did not say what to take. */
    boolean isArchives() {
        return archives;
    }

    static boolean isHidden(String name) {
        return name.startsWith(HIDDEN);
    }

    static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }
}
