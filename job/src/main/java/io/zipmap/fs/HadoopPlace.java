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

/** Any file system of Hadoop. To an object store a listing is a request, and its answer all that is asked. */
final class HadoopPlace implements Place {
    private final FileSystem fs;

    HadoopPlace(FileSystem fs) {
        this.fs = fs;
    }

    /** A file system that cannot say what is there may still be one of several inputs: then opening it says so. */
    @Override
    public Optional<ListingRoot> named(String input, Path path) throws IOException {
        try {
            FileStatus status = HadoopCall.of(() -> fs.getFileStatus(path));
            String uri = status.getPath().toUri().toString();
            return Optional.of(
                    status.isDirectory()
                            ? ListingRoot.folder(input, uri, NamePattern.ARCHIVES)
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
    public List<String> folders(Path path) throws IOException {
        if (!NamePattern.isGlob(path.toString())) {
            return HadoopCall.of(() -> fs.exists(path)) ? List.of(uri(fs.makeQualified(path))) : List.of();
        }
        return FolderGlob.folders(fs, path).stream().map(HadoopPlace::uri).toList();
    }

    @Override
    public List<ListingRoot> trees(String input, DeepGlob glob) throws IOException {
        List<ListingRoot> roots = new ArrayList<>();
        for (String top : folders(glob.folder())) {
            roots.add(ListingRoot.tree(input, top, glob.pattern(), ListingRoot.Depth.FILES, top, top));
            Listing children = new Listing(new Path(URI.create(top)));
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
            list(path, NamePattern.of(root.pattern()), root.depth(), found);
            return;
        }
        ArchiveRef file;
        try {
            file = HadoopFile.ref(HadoopCall.of(() -> fs.getFileStatus(path)));
        } catch (HadoopCall.Fault e) {
            file = ArchiveRef.unseen(root.uri());
        }
        found.accept(file);
    }

    private void list(Path folder, NamePattern pattern, ListingRoot.Depth depth, Consumer<ArchiveRef> found)
            throws IOException {
        Listing files = new Listing(folder);
        while (files.hasNext()) {
            FileStatus file = files.next();
            Path path = file.getPath();
            boolean taken = pattern.takes(path.getName());
            if (!file.isDirectory()) {
                if (taken) {
                    found.accept(HadoopFile.ref(file));
                }
            } else if (depth == ListingRoot.Depth.TREE && !NamePattern.isHidden(path.getName())) {
                list(path, pattern, depth, found);
            } else if (depth == ListingRoot.Depth.GLOB && taken && !pattern.isArchives()) {
                list(path, NamePattern.of(NamePattern.ARCHIVES), depth, found);
            }
        }
    }

    private static String uri(Path path) {
        return path.toUri().toString();
    }

    /** What is in a folder, page by page as the file system gives it. */
    private final class Listing {
        private final RemoteIterator<FileStatus> files;

        Listing(Path folder) throws IOException {
            files = HadoopCall.of(() -> fs.listStatusIterator(folder));
        }

        boolean hasNext() throws IOException {
            return HadoopCall.of(files::hasNext);
        }

        FileStatus next() throws IOException {
            return HadoopCall.of(files::next);
        }
    }
}
