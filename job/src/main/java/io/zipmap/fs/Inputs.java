package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.Credentials;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/**
 * Turns what the user gives as input into archives, in two steps: {@link #roots} finds the folders, on the driver;
 * {@link #list} lists one, in a task, so that the driver never holds a path of an archive.
 */
public final class Inputs {
    /** What an input folder means. */
    static final String ARCHIVES = "*.{zip,npz,npy}";

    /** As in a shell, a glob takes what begins with this only when it does so itself: such files are unfinished, or notes of other programs. */
    private static final String HIDDEN = ".";

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
            Path path = path(input);
            FileSystem fs = path.getFileSystem(configuration);
            if (fs.exists(path)) {
                return List.of(root(input, fs.getFileStatus(path)));
            }
            if (!isGlob(path.toString())) {
                throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find the input: " + input);
            }
            Optional<DeepGlob> deep = DeepGlob.of(path);
            if (deep.isPresent()) {
                requireGlob(input, deep.get().pattern());
                return deep.get().roots(input, fs);
            }
            requireGlob(input, path.getName());
            Path parent = path.getParent();
            if (parent == null || !isGlob(parent.toString())) {
                Path folder = parent == null ? new Path(Path.CUR_DIR) : parent;
                requireFolder(input, fs, folder);
                return List.of(
                        new ListingRoot(input, fs.makeQualified(folder).toUri().toString(), path.getName()));
            }
            return globbedFolders(input, fs, parent, path.getName());
        } catch (AccessControlException | java.nio.file.AccessDeniedException e) {
            throw unreadable(input, e);
        } catch (IOException e) {
            throw named(input, e);
        }
    }

    private static List<ListingRoot> globbedFolders(String input, FileSystem fs, Path parent, String pattern)
            throws IOException {
        List<ListingRoot> roots = new ArrayList<>();
        FileStatus[] folders = fs.globStatus(parent);
        for (FileStatus folder : folders == null ? new FileStatus[0] : folders) {
            if (folder.isDirectory()) {
                roots.add(new ListingRoot(input, folder.getPath().toUri().toString(), pattern));
            }
        }
        if (roots.isEmpty()) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find a folder that the input matches: " + input);
        }
        return roots;
    }

    /** A task that lists would meet the mistake too, but could not say whose it is. */
    private static void requireGlob(String input, String pattern) throws ZipmapException {
        try {
            new GlobFilter(pattern);
        } catch (IOException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot understand the glob of the input: " + input)
                    .because(e);
        }
    }

    private static void requireFolder(String input, FileSystem fs, Path folder) throws IOException {
        if (!fs.exists(folder)) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find the folder of the input: " + input);
        }
    }

    /**
     * Lists the archives of one root.
     *
     * @throws ZipmapException {@code INPUT_UNREADABLE} when a folder may not be listed
     */
    public void list(ListingRoot root, Consumer<ArchiveRef> found) throws IOException {
        Path path = new Path(URI.create(root.uri()));
        try {
            FileSystem fs = path.getFileSystem(configuration);
            if (root.pattern().isEmpty()) {
                found.accept(HadoopFile.ref(fs.getFileStatus(path)));
            } else {
                list(fs, path, root.pattern(), root.depth(), found);
            }
        } catch (AccessControlException | java.nio.file.AccessDeniedException e) {
            throw unreadable(root.input(), e);
        } catch (FileNotFoundException | PathIsNotDirectoryException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot find the input: " + root.input()).because(e);
        } catch (IOException e) {
            throw named(root.input(), e);
        }
    }

    private static void list(
            FileSystem fs, Path folder, String pattern, ListingRoot.Depth depth, Consumer<ArchiveRef> found)
            throws IOException {
        GlobFilter matches = new GlobFilter(pattern);
        RemoteIterator<FileStatus> files = fs.listStatusIterator(folder);
        while (files.hasNext()) {
            FileStatus file = files.next();
            Path path = file.getPath();
            boolean taken = matches.accept(path) && (!isHidden(path) || pattern.startsWith(HIDDEN));
            if (file.isFile() && taken) {
                found.accept(HadoopFile.ref(file));
            } else if (file.isDirectory() && depth == ListingRoot.Depth.TREE && !isHidden(path)) {
                list(fs, path, pattern, depth, found);
            } else if (file.isDirectory() && depth == ListingRoot.Depth.GLOB && taken && !pattern.equals(ARCHIVES)) {
                list(fs, path, ARCHIVES, depth, found);
            }
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

    /**
     * A URI as the tables have it, with escapes, is one when it has a scheme and nothing is called so; in anything else a
     * percent sign is a percent sign.
     */
    private Path path(String input) throws IOException {
        try {
            Path path = new Path(input);
            boolean escaped = path.toUri().getScheme() != null && input.indexOf('%') >= 0;
            return escaped && !path.getFileSystem(configuration).exists(path) ? new Path(new URI(input)) : path;
        } catch (URISyntaxException e) {
            return new Path(input);
        } catch (IllegalArgumentException e) {
            throw new ZipmapException(Condition.INPUT_MISSING, "Cannot understand the input: " + input).because(e);
        }
    }

    private static ListingRoot root(String input, FileStatus status) {
        return new ListingRoot(input, status.getPath().toUri().toString(), status.isDirectory() ? ARCHIVES : "");
    }

    static boolean isHidden(Path path) {
        return path.getName().startsWith(HIDDEN);
    }

    static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
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
                .advice("Give the user that runs the job the right to read it.")
                .because(cause);
    }
}
