package io.zipmap.fs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Renames, deletes and replaces files so that no reader sees a partial result, where the file system can do that. Each
 * rename is checked, because {@code FileSystem.rename} to an existing folder moves the source into that folder and
 * returns true.
 */
public final class AtomicFiles {
    /** First character of the name of a file that is being written. */
    public static final String HIDDEN = ".";

    private static final String HDFS = "hdfs";
    /** On other file systems a rename may copy file by file, and others see a half of the copy. */
    private static final Set<String> ATOMIC_SCHEMES = Set.of("file", HDFS, "viewfs", "webhdfs", "swebhdfs");

    private AtomicFiles() {}

    /** Whether the file system renames a folder in one step. */
    public static boolean isRenameAtomic(FileSystem fs) {
        return ATOMIC_SCHEMES.contains(fs.getUri().getScheme());
    }

    /**
     * Renames a file or folder to a path that does not exist.
     *
     * @throws FileAlreadyExistsException if {@code to} exists; it stays unchanged
     */
    public static void renameToAbsent(FileSystem fs, Path from, Path to) throws IOException {
        if (fs.exists(to)) {
            throw new FileAlreadyExistsException("Cannot rename to an existing path: " + to);
        }
        if (!fs.rename(from, to)) {
            throw new IOException("Cannot rename " + from + " to " + to);
        }
        Path inside = HadoopPaths.child(to, from.getName());
        if (fs.getFileStatus(to).isDirectory() && fs.exists(inside)) {
            fs.rename(inside, from);
            throw new FileAlreadyExistsException("Cannot rename: another process has created the target: " + to);
        }
    }

    /**
     * Deletes a folder. Where renames are atomic, it is first renamed to {@code trash}, so that nobody sees a partly
     * deleted folder under its name.
     */
    public static void deleteFolder(FileSystem fs, Path folder, Path trash) throws IOException {
        boolean moved = isRenameAtomic(fs) && fs.rename(folder, trash);
        fs.delete(moved ? trash : folder, true);
    }

    /** Writes or replaces a small file. A reader finds either the old bytes or the new bytes. */
    public static void write(FileSystem fs, Path file, byte[] bytes) throws IOException {
        if (!isRenameAtomic(fs)) {
            // An object store publishes an object when its stream is closed.
            writeInPlace(fs, file, bytes);
            return;
        }
        Path part = HadoopPaths.child(file.getParent(), HIDDEN + file.getName() + HIDDEN + UUID.randomUUID());
        writeInPlace(fs, part, bytes);
        if (HDFS.equals(fs.getUri().getScheme())) {
            FileContext.getFileContext(fs.getUri(), fs.getConf()).rename(part, file, Options.Rename.OVERWRITE);
        } else if (!withoutChecksums(fs).rename(part, file)) {
            throw new IOException("Cannot rename " + part + " to " + file);
        }
    }

    /** Writes or replaces a small file. A reader may find a part of it until this returns. */
    public static void writeInPlace(FileSystem fs, Path file, byte[] bytes) throws IOException {
        try (OutputStream out = withoutChecksums(fs).create(file, true)) {
            out.write(bytes);
        }
    }

    /**
     * Reads a small file.
     *
     * @throws FileNotFoundException if the file does not exist
     */
    public static byte[] read(FileSystem fs, Path file) throws IOException {
        try (var in = withoutChecksums(fs).open(file)) {
            return in.readAllBytes();
        }
    }

    /**
     * The file system without checksums. Hadoop's local file system stores checksums in a second file, which cannot be
     * replaced together with the first. It also fails to name that file if the first has a colon in its name.
     */
    public static FileSystem withoutChecksums(FileSystem fs) {
        return fs instanceof LocalFileSystem ? ((LocalFileSystem) fs).getRawFileSystem() : fs;
    }
}
