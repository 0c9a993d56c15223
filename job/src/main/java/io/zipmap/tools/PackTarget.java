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
 * Where a packed archive goes: written beside under a hidden name, then renamed, so that it is there whole or not at
 * all.
 */
abstract class PackTarget implements AutoCloseable {
    static final int BUFFER_BYTES = 128 << 10;

    /** @param replace the archive itself; else a file of its name in {@code folder} */
    static Path path(Configuration configuration, ArchiveRef archive, String folder, boolean replace)
            throws IOException {
        Path source = new Path(URI.create(archive.uri()));
        return replace ? source : HadoopPaths.child(HadoopPaths.ofOutput(folder, configuration), source.getName());
    }

    /** @param target as {@link #path} has it */
    static PackTarget of(Configuration configuration, Path target, boolean replace) throws IOException {
        FileSystem fs = target.getFileSystem(configuration);
        return HadoopPaths.isLocal(fs)
                ? new LocalPackTarget(java.nio.file.Path.of(target.toUri().getPath()), replace)
                : new HadoopPackTarget(configuration, fs, target);
    }

    /** The folder of the file that is replaced: a symbolic link stays, and its target is written. */
    static String folder(String archive) throws IOException {
        URI uri = URI.create(archive);
        if ("file".equals(uri.getScheme())) {
            java.nio.file.Path file = java.nio.file.Path.of(uri.getPath());
            if (java.nio.file.Files.isSymbolicLink(file) && java.nio.file.Files.exists(file)) {
                return file.toRealPath().resolveSibling("").toUri().toString();
            }
        }
        return new Path(uri).getParent().toUri().toString();
    }

    /** A name for what is being written. It does not grow with the name of the archive, and says whose it is. */
    static String partName() throws IOException {
        return PackSweep.PREFIX + ProcessToken.current() + "-" + UUID.randomUUID();
    }

    abstract String uri();

    /**
     * Refuses what cannot be replaced by a new file without a loss, before any work is done.
     *
     * @throws io.zipmap.ZipmapException {@code OUTPUT_UNUSABLE}
     */
    abstract void requireReplaceable() throws IOException;

    /** What is written is on the disk when the stream is closed. */
    abstract OutputStream create() throws IOException;

    /** @return whether nothing was there; nothing is replaced */
    abstract boolean publish() throws IOException;

    /** Owner, group and mode stay. */
    abstract void replace() throws IOException;

    /** Removes what was written and not brought to its place. */
    @Override
    public abstract void close() throws IOException;
}
