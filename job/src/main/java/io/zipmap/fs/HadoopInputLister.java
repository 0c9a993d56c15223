package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The {@link InputLister} of all Hadoop file systems except the local one. An object store answers a listing with
 * names, lengths and versions, so no file is looked up by itself.
 */
final class HadoopInputLister implements InputLister {
    private final FileSystem fs;
    private final ListingRules rules;

    HadoopInputLister(FileSystem fs, ListingRules rules) {
        this.fs = fs;
        this.rules = rules;
    }

    /**
     * {@inheritDoc} If the file system fails to look up a path that is no glob, the path is taken for a file: opening
     * it then reports the failure.
     */
    @Override
    public Optional<ListingRoot> findLiteral(String input, Path path) throws IOException {
        try {
            FileStatus status = HadoopCall.get(() -> fs.getFileStatus(path));
            String uri = status.getPath().toUri().toString();
            return Optional.of(
                    status.isDirectory()
                            ? ListingRoot.folder(input, uri, rules.folderPattern())
                            : ListingRoot.file(input, uri));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (HadoopCall.Fault e) {
            return NamePattern.isGlob(path.toString())
                    ? Optional.empty()
                    : Optional.of(ListingRoot.file(
                            input, fs.makeQualified(path).toUri().toString()));
        }
    }

    @Override
    public List<String> findFolders(Path path) throws IOException {
        if (!NamePattern.isGlob(path.toString())) {
            return HadoopCall.get(() -> fs.exists(path)) ? List.of(uri(fs.makeQualified(path))) : List.of();
        }
        return HadoopGlob.find(fs, path).stream().map(HadoopInputLister::uri).toList();
    }

    @Override
    public List<ListingRoot> findTrees(String input, RecursiveGlob glob) throws IOException {
        List<ListingRoot> roots = new ArrayList<>();
        for (String top : findFolders(glob.folder())) {
            roots.add(ListingRoot.tree(input, top, glob.pattern(), ListingRoot.Depth.FILES, top, top));
            Children children = new Children(new Path(URI.create(top)));
            while (children.hasNext()) {
                FileStatus child = children.next();
                if (child.isDirectory() && !NamePattern.isHidden(child.getPath().getName())) {
                    roots.add(ListingRoot.tree(
                            input, uri(child.getPath()), glob.pattern(), ListingRoot.Depth.TREE, top, top));
                }
            }
        }
        return roots;
    }

    @Override
    public void list(ListingRoot root, Consumer<ArchiveRef> found) throws IOException {
        Path path = new Path(URI.create(root.uri()));
        if (!root.isFile()) {
            listFolder(path, NamePattern.of(root.pattern()), root.depth(), found);
            return;
        }
        ArchiveRef file;
        try {
            file = HadoopFile.refOf(HadoopCall.get(() -> fs.getFileStatus(path)));
        } catch (HadoopCall.Fault e) {
            file = ArchiveRef.ofUnknownLength(root.uri());
        }
        found.accept(file);
    }

    private void listFolder(Path folder, NamePattern pattern, ListingRoot.Depth depth, Consumer<ArchiveRef> found)
            throws IOException {
        Children files = new Children(folder);
        while (files.hasNext()) {
            FileStatus file = files.next();
            Path path = file.getPath();
            String name = path.getName();
            boolean taken = pattern.takes(name);
            if (!file.isDirectory()) {
                if (taken) {
                    found.accept(HadoopFile.refOf(file));
                }
            } else if (isEntered(folder, name, taken, depth)) {
                boolean isTop = depth == ListingRoot.Depth.GLOB;
                listFolder(path, isTop ? NamePattern.of(rules.folderPattern()) : pattern, below(depth), found);
            }
        }
    }

    private static boolean isEntered(Path folder, String name, boolean taken, ListingRoot.Depth depth) {
        return switch (depth) {
            case FOLDER ->
                NamePattern.isPartition(folder.getName()) ? !NamePattern.isHidden(name) : NamePattern.isPartition(name);
            case GLOB -> taken;
            case FILES -> false;
            case TREE -> !NamePattern.isHidden(name);
        };
    }

    /** How deep a folder inside a listed folder is listed. All folders in a partition folder are. */
    private ListingRoot.Depth below(ListingRoot.Depth depth) {
        return depth == ListingRoot.Depth.GLOB && !rules.isRecursive()
                ? ListingRoot.Depth.FOLDER
                : ListingRoot.Depth.TREE;
    }

    private static String uri(Path path) {
        return path.toUri().toString();
    }

    /** The children of a folder. The file system sends them page by page. */
    private final class Children {
        private final RemoteIterator<FileStatus> files;

        Children(Path folder) throws IOException {
            files = HadoopCall.get(() -> fs.listStatusIterator(folder));
        }

        boolean hasNext() throws IOException {
            return HadoopCall.get(files::hasNext);
        }

        FileStatus next() throws IOException {
            return HadoopCall.get(files::next);
        }
    }
}
