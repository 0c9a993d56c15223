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

    /**
     * @param folderPattern of the files that a folder stands for
     * @return empty if {@code path} has another form
     */
    static Optional<RecursiveGlob> parse(Path path, String folderPattern) {
        boolean last = path.getName().equals(ANY_DEPTH);
        Path deep = last ? path : path.getParent();
        if (deep == null || !deep.getName().equals(ANY_DEPTH)) {
            return Optional.empty();
        }
        Path parent = deep.getParent();
        return Optional.of(new RecursiveGlob(
                parent == null ? new Path(Path.CUR_DIR) : parent, last ? folderPattern : path.getName()));
    }

    /** The files of one folder and of all folders under it, as {@code FOLDER/**} names them. */
    static RecursiveGlob under(Path folder, String folderPattern) {
        return new RecursiveGlob(folder, folderPattern);
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
