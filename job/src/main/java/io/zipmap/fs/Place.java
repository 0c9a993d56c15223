package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** One kind of file system, as inputs are looked for and listed on it. */
interface Place {
    /** The file or folder that a path names, letter by letter; empty when nothing is there. */
    Optional<ListingRoot> named(String input, Path path) throws IOException;

    /** The URIs of the folders that a path names or matches. */
    List<String> folders(Path path) throws IOException;

    /**
     * The folders that {@code glob} begins in, each by itself, and each folder in one with all that is under it, so
     * that tasks share them.
     */
    List<ListingRoot> trees(String input, DeepGlob glob) throws IOException;

    /** What is listed but cannot be read is found too: as {@link ArchiveRef#unseen}, whose opening says why. */
    void list(ListingRoot root, Consumer<ArchiveRef> found) throws IOException;
}
