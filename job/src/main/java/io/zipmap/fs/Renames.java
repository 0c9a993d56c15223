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
 * Renames whose results are looked at. {@code FileSystem.rename} puts a folder into one that has the name, and returns
 * true.
 */
public final class Renames {
    /** What the name of a file that is being written begins with. */
    public static final String HIDDEN = ".";

    private static final String HDFS = "hdfs";
    /** Of all others a rename may be a copy, file by file, that others see half done. */
    private static final Set<String> AT_ONCE = Set.of("file", HDFS, "viewfs", "webhdfs", "swebhdfs");

    private Renames() {}

    /** Whether a folder is renamed at once. */
    public static boolean areAtOnce(FileSystem fs) {
        return AT_ONCE.contains(fs.getUri().getScheme());
    }

    /**
     * Brings a file or a folder to a place where nothing is.
     *
     * @throws FileAlreadyExistsException when something is there; it stays as it was
     */
    public static void place(FileSystem fs, Path from, Path to) throws IOException {
        if (fs.exists(to)) {
            throw new FileAlreadyExistsException("Cannot rename to what is there: " + to);
        }
        if (!fs.rename(from, to)) {
            throw new IOException("Cannot rename " + from + " to " + to);
        }
        Path inside = HadoopPaths.child(to, from.getName());
        if (fs.getFileStatus(to).isDirectory() && fs.exists(inside)) {
            fs.rename(inside, from);
            throw new FileAlreadyExistsException("Cannot rename to what came meanwhile: " + to);
        }
    }

    /** Deletes a folder of which nobody may ever see a half, where it can be renamed at once. */
    public static void discard(FileSystem fs, Path folder, Path trash) throws IOException {
        boolean moved = areAtOnce(fs) && fs.rename(folder, trash);
        fs.delete(moved ? trash : folder, true);
    }

    /** Writes a small file, or replaces it; who reads it finds the old bytes or the new ones. */
    public static void write(FileSystem fs, Path file, byte[] bytes) throws IOException {
        if (!areAtOnce(fs)) {
            // An object is there when its stream is closed.
            writeInPlace(fs, file, bytes);
            return;
        }
        Path part = HadoopPaths.child(file.getParent(), HIDDEN + file.getName() + HIDDEN + UUID.randomUUID());
        writeInPlace(fs, part, bytes);
        if (HDFS.equals(fs.getUri().getScheme())) {
            FileContext.getFileContext(fs.getUri(), fs.getConf()).rename(part, file, Options.Rename.OVERWRITE);
        } else if (!plain(fs).rename(part, file)) {
            throw new IOException("Cannot rename " + part + " to " + file);
        }
    }

    /** Who reads it meanwhile may find a part of it. */
    public static void writeInPlace(FileSystem fs, Path file, byte[] bytes) throws IOException {
        try (OutputStream out = plain(fs).create(file, true)) {
            out.write(bytes);
        }
    }

    /** @throws FileNotFoundException when there is no such file */
    public static byte[] read(FileSystem fs, Path file) throws IOException {
        try (var in = plain(fs).open(file)) {
            return in.readAllBytes();
        }
    }

    /**
     * Without checksums: Hadoop's local file system keeps them in a second file, which cannot be replaced together with
     * the first, and whose name it cannot make where the first has a colon in its name.
     */
    public static FileSystem plain(FileSystem fs) {
        return fs instanceof LocalFileSystem ? ((LocalFileSystem) fs).getRawFileSystem() : fs;
    }
}
