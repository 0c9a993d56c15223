package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** Finds inputs on one kind of file system, and lists the archives in them. */
interface InputLister {
    /** The file or folder that a path names literally; empty if it does not exist. */
    Optional<ListingRoot> findLiteral(String input, Path path) throws IOException;

    /** The URIs of the folders that a path names literally or matches as a glob. */
    List<String> findFolders(Path path) throws IOException;

    /**
     * The roots of a recursive glob: the files of each folder that {@code glob} starts in, and the tree of each of its
     * subfolders. Tasks can list them separately.
     */
    List<ListingRoot> findTrees(String input, RecursiveGlob glob) throws IOException;

    /**
     * Lists the archives of one root. A file that cannot be looked up is passed as {@link ArchiveRef#ofUnknownLength};
     * opening it reports the reason.
     */
    void list(ListingRoot root, Consumer<ArchiveRef> found) throws IOException;
}
