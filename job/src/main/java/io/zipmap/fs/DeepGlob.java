package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** {@code FOLDER/**} and {@code FOLDER/**}{@code /GLOB}: the files of a folder and of all folders under it. */
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
                parent == null ? new Path(Path.CUR_DIR) : parent, last ? Inputs.ARCHIVES : path.getName()));
    }

    String pattern() {
        return pattern;
    }

    /**
     * The folder by itself, and each that lies in it with all that is under it, so that tasks share them.
     *
     * @throws ZipmapException {@code INPUT_MISSING}
     */
    List<ListingRoot> roots(String input, FileSystem fs) throws IOException {
        List<ListingRoot> roots = new ArrayList<>();
        for (Path top : tops(fs)) {
            roots.add(root(input, top, ListingRoot.Depth.FILES));
            RemoteIterator<FileStatus> children = fs.listStatusIterator(top);
            while (children.hasNext()) {
                FileStatus child = children.next();
                if (child.isDirectory() && !Inputs.isHidden(child.getPath())) {
                    roots.add(root(input, child.getPath(), ListingRoot.Depth.TREE));
                }
            }
        }
        if (roots.isEmpty()) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find the folder of the input: " + input);
        }
        return roots;
    }

    private List<Path> tops(FileSystem fs) throws IOException {
        if (!Inputs.isGlob(folder.toString())) {
            return fs.exists(folder) ? List.of(fs.makeQualified(folder)) : List.of();
        }
        FileStatus[] found = fs.globStatus(folder);
        return Stream.of(found == null ? new FileStatus[0] : found)
                .filter(FileStatus::isDirectory)
                .map(FileStatus::getPath)
                .toList();
    }

    private ListingRoot root(String input, Path path, ListingRoot.Depth depth) {
        return new ListingRoot(input, path.toUri().toString(), pattern, depth);
    }
}
