package io.zipmap.tools;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** A {@link PackTarget} on a Hadoop file system that is not local. */
final class HadoopPackTarget extends PackTarget {
    private final Configuration configuration;
    private final FileSystem fs;
    private final Path target;
    private final Path part;
    private boolean published;

    HadoopPackTarget(Configuration configuration, FileSystem fs, Path target) throws IOException {
        this.configuration = configuration;
        this.fs = fs;
        this.target = fs.makeQualified(target);
        this.part = new Path(this.target.getParent(), partName());
    }

    @Override
    String uri() {
        return target.toUri().toString();
    }

    @Override
    void requireReplaceable() {
        // Only local file systems have hard links.
    }

    @Override
    OutputStream create() throws IOException {
        return new BufferedOutputStream(new Synced(fs.create(part, false)), BUFFER_BYTES);
    }

    @Override
    boolean publish() throws IOException {
        published = !fs.exists(target) && fs.rename(part, target);
        return published;
    }

    @Override
    void replace() throws IOException {
        FileStatus former = fs.getFileStatus(target);
        FileStatus made = fs.getFileStatus(part);
        boolean same =
                former.getOwner().equals(made.getOwner()) && former.getGroup().equals(made.getGroup());
        if (!same) {
            keepOwner(former);
        }
        fs.setPermission(part, former.getPermission());
        FileContext.getFileContext(target.toUri(), configuration).rename(part, target, Options.Rename.OVERWRITE);
        published = true;
    }

    private void keepOwner(FileStatus former) throws IOException {
        try {
            fs.setOwner(part, former.getOwner(), former.getGroup());
        } catch (IOException e) {
            throw new ZipmapException(Condition.OUTPUT_UNUSABLE, "Cannot keep the owner of the file: " + target)
                    .expected(former.getOwner() + ":" + former.getGroup())
                    .actual(String.valueOf(e.getMessage()))
                    .advice("Pack as the owner of the file, or give --output.")
                    .because(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!published) {
            fs.delete(part, false);
        }
    }

    /** Writes all bytes to the disks of the file system before it closes the file. Object stores do this at close. */
    private static final class Synced extends FilterOutputStream {
        private final FSDataOutputStream stream;
        private boolean closed;

        Synced(FSDataOutputStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
        }

        @Override
        public void close() throws IOException {
            if (!closed && stream.hasCapability(StreamCapabilities.HSYNC)) {
                stream.hsync();
            }
            closed = true;
            super.close();
        }
    }
}
