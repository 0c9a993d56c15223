package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.Credentials;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotDirectoryException;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;

/**
 * Expands the inputs of the user into archives, in two steps. On the driver, {@link #roots} finds the folders and files
 * that an input names. In a task, {@link #list} lists the archives of one of them. The driver therefore never holds the
 * path of each archive. Thread-safe.
 */
public final class Inputs {
    private final Configuration configuration;
    private final ListingRules rules;

    public Inputs(Configuration configuration) {
        this(configuration, ListingRules.PLAIN);
    }

    public Inputs(Configuration configuration, ListingRules rules) {
        this.configuration = configuration;
        this.rules = rules;
    }

    /**
     * Finds the folders and files that an input names.
     *
     * @param input a file, a folder or a glob
     * @throws ZipmapException {@code INPUT_MISSING}, {@code INPUT_UNREADABLE}, {@code CREDENTIALS_IN_URI}
     */
    public List<ListingRoot> roots(String input) throws IOException {
        return roots(input, true);
    }

    /**
     * Finds the folders below which partition folders begin. Looks up no file.
     *
     * @param inputs as the user gave them, without lists
     * @param basePath the only folder below which they begin; null for the inputs
     * @throws ZipmapException as {@link #roots}
     */
    public PartitionRoots partitionRoots(List<String> inputs, @Nullable String basePath) throws IOException {
        if (rules.isRecursive()) {
            return PartitionRoots.NONE;
        }
        List<Path> paths = new ArrayList<>();
        for (String input : basePath == null ? inputs : List.of(basePath)) {
            Credentials.refuse(input);
            try {
                requireFileSystem(input);
                Path text = HadoopPaths.ofInput(input);
                FileSystem fs = fileSystem(text);
                Path path = HadoopCall.get(() -> fs.makeQualified(text));
                if (RecursiveGlob.parse(path, rules.folderPattern()).isEmpty()) {
                    paths.add(path);
                    unescaped(input, text).ifPresent(paths::add);
                }
            } catch (IOException e) {
                throw withCondition(input, e);
            }
        }
        return PartitionRoots.of(paths, basePath);
    }

    /** @param split whether the tree of a recursive glob becomes one root for each folder at its top */
    private List<ListingRoot> roots(String input, boolean split) throws IOException {
        Credentials.refuse(input);
        try {
            requireFileSystem(input);
            return findRoots(input, HadoopPaths.ofInput(input), split);
        } catch (AccessControlException | java.nio.file.AccessDeniedException e) {
            throw unreadable(input, e);
        } catch (IOException e) {
            throw withCondition(input, e);
        }
    }

    /**
     * Finds a file that lists inputs.
     *
     * @throws ZipmapException as {@link #roots}; {@code SOURCE_NOT_A_FILE} for a FIFO, socket or device
     */
    public ListingRoot file(String input) throws IOException {
        ListingRoot file = roots(input).get(0);
        if (isLocal(file)) {
            new LocalFile(file.uri()).currentRef();
        }
        return file;
    }

    private List<ListingRoot> findRoots(String input, Path text, boolean split) throws IOException {
        FileSystem fs = fileSystem(text);
        InputLister lister = lister(fs);
        Path literal = HadoopCall.get(() -> fs.makeQualified(text));
        Optional<Path> unescaped = unescaped(input, text);
        for (Path path : unescaped.isPresent() ? List.of(unescaped.get(), literal) : List.of(literal)) {
            Optional<ListingRoot> named = lister.findLiteral(input, path);
            if (named.isPresent()) {
                return rules.isRecursive() && named.get().isPlainFolder()
                        ? trees(lister, named.get(), path, split)
                        : List.of(named.get());
            }
        }
        Path path = unescaped.orElse(literal);
        if (!NamePattern.isGlob(path.toString())) {
            throw missing("Cannot find the input: " + input, input);
        }
        Optional<RecursiveGlob> recursive = RecursiveGlob.parse(path, rules.folderPattern());
        NamePattern.requireValid(input, recursive.isPresent() ? recursive.get().pattern() : path.getName());
        List<ListingRoot> roots;
        if (recursive.isEmpty()) {
            roots = findFolders(lister, input, path);
        } else {
            roots = split ? lister.findTrees(input, recursive.get()) : findWholeTrees(lister, input, recursive.get());
        }
        if (roots.isEmpty()) {
            throw missing("Cannot find the folder of the input: " + input, input);
        }
        return roots;
    }

    /** The roots of a folder and of all folders under it. A path that looks like a glob is not taken for one. */
    private List<ListingRoot> trees(InputLister lister, ListingRoot folder, Path path, boolean split)
            throws IOException {
        return split && !NamePattern.isGlob(path.toString())
                ? lister.findTrees(folder.input(), RecursiveGlob.under(path, rules.folderPattern()))
                : List.of(ListingRoot.tree(
                        folder.input(),
                        folder.uri(),
                        rules.folderPattern(),
                        ListingRoot.Depth.TREE,
                        folder.uri(),
                        folder.uri()));
    }

    /**
     * Splits a root on a local disk into roots that tasks can list at the same time. They find the same archives.
     *
     * @return the root itself if it cannot be split, or cannot be listed: the task that lists it reports that
     */
    public List<ListingRoot> split(ListingRoot root) {
        try {
            return isLocal(root) ? new LocalInputLister(rules).split(root) : List.of(root);
        } catch (IOException e) {
            return List.of(root);
        }
    }

    private static List<ListingRoot> findFolders(InputLister lister, String input, Path path) throws IOException {
        Path parent = path.getParent();
        return parent == null
                ? List.of()
                : lister.findFolders(parent).stream()
                        .map(folder -> ListingRoot.glob(input, folder, path.getName()))
                        .toList();
    }

    private static List<ListingRoot> findWholeTrees(InputLister lister, String input, RecursiveGlob glob)
            throws IOException {
        return lister.findFolders(glob.folder()).stream()
                .map(top -> ListingRoot.tree(input, top, glob.pattern(), ListingRoot.Depth.TREE, top, top))
                .toList();
    }

    /**
     * Whether an input on local disks contains no archive. Ends at the first archive. A remote input is looked up only,
     * and counts as not empty.
     *
     * @throws ZipmapException as {@link #roots}
     */
    public boolean isEmptyLocally(String input) throws IOException {
        try {
            for (ListingRoot root : roots(input, false)) {
                if (!isLocal(root)) {
                    return false;
                }
                list(root, archive -> {
                    throw new FoundOne();
                });
            }
            return true;
        } catch (FoundOne e) {
            return false;
        }
    }

    /** The error of an input that contains no archive. */
    public ZipmapException empty(String input) throws IOException {
        List<ListingRoot> roots = roots(input, false);
        return roots.size() == 1 && isLocal(roots.get(0))
                ? EmptyInput.error(input, roots.get(0))
                : EmptyInput.error(input);
    }

    /** The error of an input that contains no archive, without a look at what it contains. */
    public static ZipmapException emptyUnseen(String input) {
        return EmptyInput.error(input);
    }

    private static boolean isLocal(ListingRoot root) {
        return LocalUri.SCHEME.equals(URI.create(root.uri()).getScheme());
    }

    private static ZipmapException missing(String what, String input) {
        ZipmapException missing = new ZipmapException(Condition.INPUT_MISSING, what);
        String advice = LocalUri.advice(input);
        return advice.isEmpty() ? missing : missing.advice(advice);
    }

    private FileSystem fileSystem(Path path) throws IOException {
        return HadoopCall.get(() -> path.getFileSystem(configuration));
    }

    private InputLister lister(FileSystem fs) throws IOException {
        return LocalUri.SCHEME.equals(HadoopCall.get(fs::getUri).getScheme())
                ? new LocalInputLister(rules)
                : new HadoopInputLister(fs, rules);
    }

    /**
     * Lists the archives of one root. A file that cannot be looked up is passed as {@link ArchiveRef#ofUnknownLength}.
     *
     * @throws ZipmapException {@code INPUT_UNREADABLE} if a folder may not be listed; {@code INPUT_MISSING}
     */
    public void list(ListingRoot root, Consumer<ArchiveRef> found) throws IOException {
        try {
            lister(fileSystem(new Path(URI.create(root.uri())))).list(root, filtered(found));
        } catch (AccessControlException | java.nio.file.AccessDeniedException e) {
            throw unreadable(root.input(), e);
        } catch (FileNotFoundException | PathIsNotDirectoryException | NoSuchFileException | NotDirectoryException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find the input: " + root.input()).because(e);
        } catch (IOException e) {
            throw withCondition(root.input(), e);
        }
    }

    /** Passes on the archives whose file names match the glob of the rules. */
    private Consumer<ArchiveRef> filtered(Consumer<ArchiveRef> found) throws IOException {
        String glob = rules.nameGlob();
        if (glob == null) {
            return found;
        }
        NamePattern names = NamePattern.of(glob);
        return archive -> {
            String path = URI.create(archive.uri()).getPath();
            if (names.takes(path.substring(path.lastIndexOf('/') + 1))) {
                found.accept(archive);
            }
        };
    }

    /** Reports a missing class of a file system, for which Hadoop itself has no useful message. */
    private void requireFileSystem(String input) throws ZipmapException {
        int colon = input.indexOf("://");
        String name = colon < 0 ? null : configuration.get("fs." + input.substring(0, colon) + ".impl");
        if (name != null && configuration.getClassByNameOrNull(name) == null) {
            throw new ZipmapException(
                            Condition.INPUT_UNREADABLE, "Cannot read the input without its file system: " + input)
                    .expected("the class " + name)
                    .advice("Give Spark its package: --packages org.apache.hadoop:hadoop-aws:VERSION for s3a, with the"
                            + " version of Spark's Hadoop.");
        }
    }

    /**
     * The path of an input that is a URI with percent escapes, as the tables store it. It takes precedence over a file
     * whose name contains the percent signs literally, so that each URI of a table finds its own file.
     *
     * @return empty if the input has no scheme or no percent sign
     */
    private static Optional<Path> unescaped(String input, Path text) {
        try {
            boolean maybe = input.indexOf('%') >= 0 && text.toUri().getScheme() != null;
            return maybe ? Optional.of(new Path(new URI(input))) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Gives a failure a condition; {@code e} itself if it has one, or if this thread is to stop. */
    private static IOException withCondition(String input, IOException e) {
        if (e instanceof ZipmapException || SourceFailure.isStop(e)) {
            return e;
        }
        return new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot look up the input: " + input)
                .actual(String.valueOf(e.getMessage()))
                .because(e);
    }

    private static ZipmapException unreadable(String input, IOException cause) {
        return new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read the input: " + input)
                .actual(String.valueOf(cause.getMessage()))
                .advice("Give the user that runs the job the right to read it.")
                .because(cause);
    }

    /** Ends a listing from inside its consumer. */
    private static final class FoundOne extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FoundOne() {
            super(null, null, false, false);
        }
    }
}
