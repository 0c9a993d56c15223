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
import java.util.function.Predicate;

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

    /**
     * Splits a folder that an input or a glob names: each subfolder to walk becomes a root, except links, whose targets
     * may be among the others. A name with a dot that a glob matches is not looked up, because most are files.
     *
     * @return the root itself if it has no such subfolders
     */
    List<ListingRoot> split(ListingRoot root) throws IOException {
        boolean folder = root.depth() == ListingRoot.Depth.FOLDER;
        if (root.isFile() || !folder && root.depth() != ListingRoot.Depth.GLOB) {
            return List.of(root);
        }
        Path top = LocalUri.pathOf(root.uri());
        NamePattern pattern = NamePattern.of(root.pattern());
        Predicate<String> walked = folder ? LocalPartitions.entered(top) : pattern::takes;
        List<ListingRoot> roots = new ArrayList<>(List.of(root.rest()));
        for (LocalListing.Subfolder sub : new LocalListing(NamePattern.NONE, archive -> {})
                .list(top, name -> walked.test(name) && !isLeftToRest(root, name))) {
            if (!sub.isLink()) {
                roots.add(root.part(LocalUri.of(sub.path())));
            }
        }
        return roots.size() == 1 ? List.of(root) : roots;
    }

    private static boolean isLeftToRest(ListingRoot root, String name) {
        return root.depth() == ListingRoot.Depth.GLOB && name.indexOf('.') >= 0;
    }

    /** Whether a root lists this subfolder. */
    private static boolean has(ListingRoot root, LocalListing.Subfolder sub) {
        return root.share() == ListingRoot.Share.WHOLE || sub.isLink() || isLeftToRest(root, sub.name());
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
            listFolder(root, path, pattern, found);
            return;
        }
        if (root.depth() == ListingRoot.Depth.GLOB) {
            listGlob(root, path, pattern, found);
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

    /** Lists the matching files of a folder, and those of its partition folders. */
    private static void listFolder(ListingRoot root, Path path, NamePattern pattern, Consumer<ArchiveRef> found)
            throws IOException {
        LocalPartitions partitions = new LocalPartitions(() -> List.of(LocalUri.pathOf(root.top())), pattern, found);
        if (root.share() == ListingRoot.Share.PART) {
            partitions.walkPartition(path);
        } else {
            partitions.walk(path, sub -> has(root, sub));
        }
    }

    /** Lists the matching files of a folder, and the archives that its matching subfolders stand for. */
    private void listGlob(ListingRoot root, Path path, NamePattern pattern, Consumer<ArchiveRef> found)
            throws IOException {
        NamePattern inside = NamePattern.of(rules.folderPattern());
        List<Path> matched = root.share() == ListingRoot.Share.PART
                ? List.of(path)
                : new LocalListing(pattern, found)
                        .list(path, name -> false).stream()
                                .filter(sub -> has(root, sub))
                                .map(LocalListing.Subfolder::path)
                                .toList();
        if (rules.isRecursive()) {
            for (Path one : matched) {
                new LocalTree(one, one, inside, found).walk(one);
            }
            return;
        }
        LocalPartitions partitions = new LocalPartitions(
                () -> root.share() == ListingRoot.Share.WHOLE ? matched : matchedFolders(root, pattern), inside, found);
        for (Path one : matched) {
            partitions.walk(one, sub -> true);
        }
    }

    /** All folders that a glob matches, those of other roots too. */
    private static List<Path> matchedFolders(ListingRoot root, NamePattern pattern) throws IOException {
        return new LocalListing(NamePattern.NONE, archive -> {})
                .list(LocalUri.pathOf(root.top()), pattern::takes).stream()
                        .map(LocalListing.Subfolder::path)
                        .toList();
    }
}
