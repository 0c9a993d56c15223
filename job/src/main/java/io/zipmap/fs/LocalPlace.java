package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The disks of this node. Hadoop's own local file system leaves out of a listing what it cannot look at, and names that
 * the locale cannot say; here each name is found, and looked at once.
 */
final class LocalPlace implements Place {
    @Override
    public Optional<ListingRoot> named(String input, org.apache.hadoop.fs.Path path) throws IOException {
        for (Path one : spellings(path)) {
            Optional<BasicFileAttributes> file = look(one);
            if (file.isPresent()) {
                String uri = LocalUri.of(one);
                return Optional.of(
                        file.get().isDirectory()
                                ? ListingRoot.folder(input, uri, NamePattern.ARCHIVES)
                                : ListingRoot.file(input, uri));
            }
        }
        return Optional.empty();
    }

    /** In UTF-8, and as the locale would have it. */
    private static List<Path> spellings(org.apache.hadoop.fs.Path path) {
        String text = path.toUri().getPath();
        if (text.indexOf('\0') >= 0) {
            return List.of();
        }
        Set<Path> spellings = new LinkedHashSet<>(List.of(LocalUri.path(path.toUri())));
        try {
            spellings.add(Path.of(text));
        } catch (InvalidPathException e) {
            // The locale has no such letters.
            return List.copyOf(spellings);
        }
        return List.copyOf(spellings);
    }

    /** A glob, and what lies under a file, is not there either, whatever words the kernel has for it. */
    private static Optional<BasicFileAttributes> look(Path path) throws AccessDeniedException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> folders(org.apache.hadoop.fs.Path path) throws IOException {
        return LocalGlob.folders(path.toUri().getPath()).stream()
                .map(LocalUri::of)
                .toList();
    }

    @Override
    public List<ListingRoot> trees(String input, DeepGlob glob) throws IOException {
        String folder = glob.folder().toUri().getPath();
        Path base = LocalGlob.base(folder);
        Set<String> seen = new LinkedHashSet<>();
        List<ListingRoot> roots = new ArrayList<>();
        for (Path found : LocalGlob.folders(folder)) {
            LocalTree tree = new LocalTree(base, found, NamePattern.of(glob.pattern()), archive -> {});
            String top = LocalUri.of(tree.top());
            Roots all = (path, depth) -> {
                String uri = LocalUri.of(path);
                if (seen.add(uri)) {
                    roots.add(ListingRoot.tree(input, uri, glob.pattern(), depth, top, LocalUri.of(base)));
                }
            };
            all.add(tree.top(), ListingRoot.Depth.FILES);
            for (Path child : tree.children()) {
                all.add(child, ListingRoot.Depth.TREE);
            }
        }
        return roots;
    }

    private interface Roots {
        void add(Path folder, ListingRoot.Depth depth);
    }

    @Override
    public void list(ListingRoot root, Consumer<ArchiveRef> found) throws IOException {
        Path path = LocalUri.path(root.uri());
        if (root.isFile()) {
            found.accept(file(root.uri(), path));
            return;
        }
        NamePattern pattern = NamePattern.of(root.pattern());
        if (root.depth() == ListingRoot.Depth.GLOB) {
            list(path, pattern, found);
            return;
        }
        LocalTree tree = new LocalTree(LocalUri.path(root.base()), LocalUri.path(root.top()), pattern, found);
        if (root.depth() == ListingRoot.Depth.TREE) {
            tree.walk(path);
        } else {
            tree.walkTop();
        }
    }

    private static ArchiveRef file(String uri, Path path) throws IOException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        return file.isOther() ? ArchiveRef.unseen(uri) : LocalFile.ref(uri, file);
    }

    private static void list(Path folder, NamePattern pattern, Consumer<ArchiveRef> found) throws IOException {
        for (LocalListing.Sub sub : new LocalListing(pattern, found).list(folder, name -> false)) {
            if (!pattern.isArchives()) {
                list(sub.path(), NamePattern.of(NamePattern.ARCHIVES), found);
            }
        }
    }
}
