package io.zipmap.job;

import io.zipmap.archive.ArchiveRef;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/** Where a packed archive goes: written beside under a hidden name, then renamed, so that it is there whole or not at all. */
final class PackTarget implements AutoCloseable {
    private static final int BUFFER_BYTES = 128 << 10;

    private final Configuration configuration;
    private final FileSystem fs;
    private final Path target;
    private final Path part;
    private boolean published;

    PackTarget(Configuration configuration, Path target) throws IOException {
        this.configuration = configuration;
        this.fs = target.getFileSystem(configuration);
        this.target = fs.makeQualified(target);
        this.part = new Path(this.target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
    }

    /** @param replace the archive itself; else a file of its name in {@code folder} */
    static Path path(ArchiveRef archive, String folder, boolean replace) {
        Path source = new Path(URI.create(archive.uri()));
        return replace ? source : new Path(folder, source.getName());
    }

    String uri() {
        return target.toUri().toString();
    }

    OutputStream create() throws IOException {
        // Hadoop's local file system would leave a checksum file beside every archive.
        FileSystem raw = fs instanceof LocalFileSystem ? ((LocalFileSystem) fs).getRawFileSystem() : fs;
        return new BufferedOutputStream(raw.create(part, false), BUFFER_BYTES);
    }

    /** @return whether nothing was there; nothing is replaced */
    boolean publish() throws IOException {
        published = !fs.exists(target) && fs.rename(part, target);
        return published;
    }

    void replace() throws IOException {
        FsPermission permission = fs.getFileStatus(target).getPermission();
        fs.setPermission(part, permission);
        if (fs instanceof LocalFileSystem) {
            published = fs.rename(part, target);
        } else {
            FileContext.getFileContext(target.toUri(), configuration).rename(part, target, Options.Rename.OVERWRITE);
            published = true;
        }
        if (!published) {
            throw new IOException("Cannot rename " + part + " to " + target);
        }
    }

    @Override
    public void close() throws IOException {
        if (!published) {
            fs.delete(part, false);
        }
    }
}
