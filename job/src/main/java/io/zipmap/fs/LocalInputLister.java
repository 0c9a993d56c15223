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
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The {@link InputLister} of the disks of this node. Hadoop's own local file system leaves files out of a listing:
 * those that it cannot look up, and those whose names the locale cannot express. This class finds every name, and looks
 * each one up once.
 */
final class LocalInputLister implements InputLister {
    private final ListingRules rules;

    LocalInputLister(ListingRules rules) {
        this.rules = rules;
    }

    @Override
    public Optional<ListingRoot> findLiteral(String input, org.apache.hadoop.fs.Path path) throws IOException {
        for (Path one : spellings(path)) {
            Optional<BasicFileAttributes> file = attributes(one);
            if (file.isPresent()) {
                String uri = LocalUri.of(one);
                return Optional.of(
                        file.get().isDirectory()
                                ? ListingRoot.folder(input, uri, rules.folderPattern())
                                : ListingRoot.file(input, uri));
            }
        }
        return Optional.empty();
    }

    /** The path in UTF-8, and in the encoding of the locale. */
    private static List<Path> spellings(org.apache.hadoop.fs.Path path) {
        String text = path.toUri().getPath();
        if (text.indexOf('\0') >= 0) {
            return List.of();
        }
        Set<Path> spellings = new LinkedHashSet<>(List.of(LocalUri.pathOf(path.toUri())));
        try {
            spellings.add(Path.of(text));
        } catch (InvalidPathException e) {
            // The locale has no such characters.
            return List.copyOf(spellings);
        }
        return List.copyOf(spellings);
    }

    /**
     * Empty if nothing exists at this path. The kernel reports a glob, or a path below a file, with various errors:
     * they all mean that it does not exist.
     */
    private static Optional<BasicFileAttributes> attributes(Path path) throws AccessDeniedException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> findFolders(org.apache.hadoop.fs.Path path) throws IOException {
        return LocalGlob.find(path.toUri().getPath()).stream().map(LocalUri::of).toList();
    }

    @Override
    public List<ListingRoot> findTrees(String input, RecursiveGlob glob) throws IOException {
        String folder = glob.folder().toUri().getPath();
        Path base = LocalGlob.base(folder);
        Set<String> seen = new LinkedHashSet<>();
        List<ListingRoot> roots = new ArrayList<>();
        for (Path found : LocalGlob.find(folder)) {
            LocalTree tree = new LocalTree(base, found, NamePattern.of(glob.pattern()), archive -> {});
            String top = LocalUri.of(tree.top());
            BiConsumer<Path, ListingRoot.Depth> add = (path, depth) -> {
                String uri = LocalUri.of(path);
                if (seen.add(uri)) {
                    roots.add(ListingRoot.tree(input, uri, glob.pattern(), depth, top, LocalUri.of(base)));
                }
            };
            add.accept(tree.top(), ListingRoot.Depth.FILES);
            for (Path child : tree.children()) {
                add.accept(child, ListingRoot.Depth.TREE);
            }
        }
        return roots;
    }

    @Override
    public void list(ListingRoot root, Consumer<ArchiveRef> found) throws IOException {
        Path path = LocalUri.pathOf(root.uri());
        if (root.isFile()) {
            found.accept(ref(root.uri(), path));
            return;
        }
        NamePattern pattern = NamePattern.of(root.pattern());
        if (root.depth() == ListingRoot.Depth.FOLDER) {
            new LocalPartitions(List.of(path), pattern, found).walk();
            return;
        }
        if (root.depth() == ListingRoot.Depth.GLOB) {
            listGlob(path, pattern, found);
            return;
        }
        LocalTree tree = new LocalTree(LocalUri.pathOf(root.base()), LocalUri.pathOf(root.top()), pattern, found);
        if (root.depth() == ListingRoot.Depth.TREE) {
            tree.walk(path);
        } else {
            tree.walkTop();
        }
    }

    private static ArchiveRef ref(String uri, Path path) throws IOException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        return file.isOther() ? ArchiveRef.ofUnknownLength(uri) : LocalFile.refOf(uri, file);
    }

    /** Lists the matching files of a folder, and the archives that its matching subfolders stand for. */
    private void listGlob(Path folder, NamePattern pattern, Consumer<ArchiveRef> found) throws IOException {
        NamePattern inside = NamePattern.of(rules.folderPattern());
        List<Path> matched = new LocalListing(pattern, found)
                .list(folder, name -> false).stream()
                        .map(LocalListing.Subfolder::path)
                        .toList();
        if (!rules.isRecursive()) {
            new LocalPartitions(matched, inside, found).walk();
            return;
        }
        for (Path one : matched) {
            new LocalTree(one, one, inside, found).walk(one);
        }
    }
}
