package io.zipmap.fs;

import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * An input of the form {@code FOLDER/**} or {@code FOLDER/**}{@code /GLOB}: the files of a folder and of all folders
 * under it. Immutable.
 */
final class RecursiveGlob {
    private static final String ANY_DEPTH = "**";

    private final Path folder;
    private final String pattern;

    private RecursiveGlob(Path folder, String pattern) {
        this.folder = folder;
        this.pattern = pattern;
    }

    /** @return empty if {@code path} has another form */
    static Optional<RecursiveGlob> parse(Path path) {
        boolean last = path.getName().equals(ANY_DEPTH);
        Path deep = last ? path : path.getParent();
        if (deep == null || !deep.getName().equals(ANY_DEPTH)) {
            return Optional.empty();
        }
        Path parent = deep.getParent();
        return Optional.of(new RecursiveGlob(
                parent == null ? new Path(Path.CUR_DIR) : parent, last ? NamePattern.ARCHIVES : path.getName()));
    }

    /** The folder before {@code **}, which may itself be a glob. */
    Path folder() {
        return folder;
    }

    /** The pattern of the file names. */
    String pattern() {
        return pattern;
    }
}
