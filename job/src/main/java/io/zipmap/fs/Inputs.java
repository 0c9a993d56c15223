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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotDirectoryException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Turns what the user gives as input into archives, in two steps: {@link #roots} finds the folders, on the driver;
 * {@link #list} lists one, in a task, so that the driver never holds a path of an archive.
 */
public final class Inputs {
    private final Configuration configuration;

    public Inputs(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * @param input a file, a folder or a glob
     * @throws ZipmapException {@code INPUT_MISSING}, {@code INPUT_UNREADABLE}, {@code CREDENTIALS_IN_URI}
     */
    public List<ListingRoot> roots(String input) throws IOException {
        Credentials.refuse(input);
        try {
            requireFileSystem(input);
            return roots(input, path(input));
        } catch (AccessControlException | java.nio.file.AccessDeniedException e) {
            throw unreadable(input, e);
        } catch (IOException e) {
            throw named(input, e);
        }
    }

    /**
     * A file that is read as a whole: a list of inputs.
     *
     * @throws ZipmapException as {@link #roots}; {@code SOURCE_NOT_A_FILE}, since nothing opens a FIFO
     */
    public ListingRoot file(String input) throws IOException {
        ListingRoot file = roots(input).get(0);
        if (LocalUri.SCHEME.equals(URI.create(file.uri()).getScheme())) {
            new LocalFile(file.uri()).now();
        }
        return file;
    }

    private List<ListingRoot> roots(String input, Path words) throws IOException {
        FileSystem fs = fileSystem(words);
        Place place = place(fs);
        Path literal = HadoopCall.of(() -> fs.makeQualified(words));
        Optional<Path> uri = escaped(input, words);
        for (Path path : uri.isPresent() ? List.of(uri.get(), literal) : List.of(literal)) {
            Optional<ListingRoot> named = place.named(input, path);
            if (named.isPresent()) {
                return List.of(named.get());
            }
        }
        Path path = uri.orElse(literal);
        if (!NamePattern.isGlob(path.toString())) {
            throw missing("Cannot find the input: " + input, input);
        }
        Optional<DeepGlob> deep = DeepGlob.of(path);
        NamePattern.require(input, deep.isPresent() ? deep.get().pattern() : path.getName());
        List<ListingRoot> roots = deep.isPresent() ? place.trees(input, deep.get()) : folders(place, input, path);
        if (roots.isEmpty()) {
            throw missing("Cannot find the folder of the input: " + input, input);
        }
        return roots;
    }

    private static List<ListingRoot> folders(Place place, String input, Path path) throws IOException {
        Path parent = path.getParent();
        return parent == null
                ? List.of()
                : place.folders(parent).stream()
                        .map(folder -> ListingRoot.folder(input, folder, path.getName()))
                        .toList();
    }

    private static ZipmapException missing(String what, String input) {
        ZipmapException missing = new ZipmapException(Condition.INPUT_MISSING, what);
        String advice = LocalUri.advice(input);
        return advice.isEmpty() ? missing : missing.advice(advice);
    }

    private FileSystem fileSystem(Path path) throws IOException {
        return HadoopCall.of(() -> path.getFileSystem(configuration));
    }

    private static Place place(FileSystem fs) throws IOException {
        return LocalUri.SCHEME.equals(HadoopCall.of(fs::getUri).getScheme()) ? new LocalPlace() : new HadoopPlace(fs);
    }

    /**
     * Lists the archives of one root, and what looks like one and cannot be read.
     *
     * @throws ZipmapException {@code INPUT_UNREADABLE} when a folder may not be listed
     */
    public void list(ListingRoot root, Consumer<ArchiveRef> found) throws IOException {
        try {
            place(fileSystem(new Path(URI.create(root.uri())))).list(root, found);
        } catch (AccessControlException | java.nio.file.AccessDeniedException e) {
            throw unreadable(root.input(), e);
        } catch (FileNotFoundException | PathIsNotDirectoryException | NoSuchFileException | NotDirectoryException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find the input: " + root.input()).because(e);
        } catch (IOException e) {
            throw named(root.input(), e);
        }
    }

    /** Hadoop knows the classes of its file systems by name, and fails without a sentence where one is not there. */
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

    private static Path path(String input) throws ZipmapException {
        return HadoopPaths.ofInput(input);
    }

    /**
     * A URI as the tables have it, with escapes: it has a scheme. It is looked for before a file whose name has the
     * percent signs themselves, so that each value of a table finds its own file.
     */
    private static Optional<Path> escaped(String input, Path words) {
        try {
            boolean maybe = input.indexOf('%') >= 0 && words.toUri().getScheme() != null;
            return maybe ? Optional.of(new Path(new URI(input))) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Names what a file system answered with; {@code e} itself when it has a name, or when this thread is to stop. */
    private static IOException named(String input, IOException e) {
        if (e instanceof ZipmapException || SourceFailure.isStop(e)) {
            return e;
        }
        return new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot look for the input: " + input)
                .actual(String.valueOf(e.getMessage()))
                .because(e);
    }

    private static ZipmapException unreadable(String input, IOException cause) {
        return new ZipmapException(Condition.INPUT_UNREADABLE, "Cannot read the input: " + input)
                .actual(String.valueOf(cause.getMessage()))
                .advice("Give the user that runs the job the right to read it.")
                .because(cause);
    }
}
