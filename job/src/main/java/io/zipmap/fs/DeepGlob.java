package io.zipmap.fs;

import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * {@code FOLDER/**} and {@code FOLDER/**}{@code /GLOB}: the files of a folder and of all folders under it. Immutable.
 */
final class DeepGlob {
    private static final String ANY_DEPTH = "**";

    private final Path folder;
    private final String pattern;

    private DeepGlob(Path folder, String pattern) {
        this.folder = folder;
        this.pattern = pattern;
    }

    /** @return empty when {@code path} ends in another way */
    static Optional<DeepGlob> of(Path path) {
        boolean last = path.getName().equals(ANY_DEPTH);
        Path deep = last ? path : path.getParent();
        if (deep == null || !deep.getName().equals(ANY_DEPTH)) {
            return Optional.empty();
        }
        Path parent = deep.getParent();
        return Optional.of(new DeepGlob(
                parent == null ? new Path(Path.CUR_DIR) : parent, last ? NamePattern.ARCHIVES : path.getName()));
    }

    /** A folder, or a glob of folders. */
    Path folder() {
        return folder;
    }

    /** Over the names of files. */
    String pattern() {
        return pattern;
    }
}
