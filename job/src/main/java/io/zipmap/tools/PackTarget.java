package io.zipmap.tools;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.fs.HadoopPaths;
import io.zipmap.scratch.ProcessToken;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file that a packed archive becomes. The archive is written to a hidden file in the same folder and then renamed,
 * so that it is visible only when it is complete. One thread; who makes it closes it.
 */
abstract class PackTarget implements AutoCloseable {
    static final int BUFFER_BYTES = 128 << 10;

    /**
     * The path of the packed archive.
     *
     * @param replace true for the path of the archive itself, false for a file of the same name in {@code folder}
     */
    static Path path(Configuration configuration, ArchiveRef archive, String folder, boolean replace)
            throws IOException {
        Path source = new Path(URI.create(archive.uri()));
        return replace ? source : HadoopPaths.child(HadoopPaths.ofOutput(folder, configuration), source.getName());
    }

    /** @param target the path that {@link #path} returned */
    static PackTarget of(Configuration configuration, Path target, boolean replace) throws IOException {
        FileSystem fs = target.getFileSystem(configuration);
        return HadoopPaths.isLocal(fs)
                ? new LocalPackTarget(java.nio.file.Path.of(target.toUri().getPath()), replace)
                : new HadoopPackTarget(configuration, fs, target);
    }

    /** The folder of the file that {@code --replace} writes. For a symbolic link it is the folder of the target. */
    static String folderOf(String archive) throws IOException {
        URI uri = URI.create(archive);
        if ("file".equals(uri.getScheme())) {
            java.nio.file.Path file = java.nio.file.Path.of(uri.getPath());
            if (java.nio.file.Files.isSymbolicLink(file) && java.nio.file.Files.exists(file)) {
                return file.toRealPath().resolveSibling("").toUri().toString();
            }
        }
        return new Path(uri).getParent().toUri().toString();
    }

    /** The name of a new hidden file. It contains the id of this process, and not the name of the archive. */
    static String partName() throws IOException {
        return PackSweep.PREFIX + ProcessToken.current() + "-" + UUID.randomUUID();
    }

    /** The URI of the packed archive. */
    abstract String uri();

    /**
     * Checks, before any work is done, that the archive can be replaced by a new file.
     *
     * @throws io.zipmap.ZipmapException {@code OUTPUT_UNUSABLE}
     */
    abstract void requireReplaceable() throws IOException;

    /** Creates the hidden file. Its bytes are on the disk when the stream is closed. The caller closes the stream. */
    abstract OutputStream create() throws IOException;

    /**
     * Renames the hidden file to the target.
     *
     * @return false if the target exists; it stays unchanged
     */
    abstract boolean publish() throws IOException;

    /** Replaces the target by the hidden file. The new file gets the owner, group and mode of the old one. */
    abstract void replace() throws IOException;

    /** Deletes the hidden file, unless it was renamed. */
    @Override
    public abstract void close() throws IOException;
}
