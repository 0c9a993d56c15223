package io.zipmap.testing;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local file system with faults: the start of a file's name decides which operation on it fails. */
public final class FaultyFileSystem extends RawLocalFileSystem {
    private static final String SCHEME = "faulty";

    /** Registers the scheme {@code faulty}. */
    public static void register(Configuration configuration) {
        configuration.set("fs." + SCHEME + ".impl", FaultyFileSystem.class.getName());
    }

    public static String uri(java.nio.file.Path path) {
        return SCHEME + "://" + path;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        FileStatus status = super.getFileStatus(path);
        String name = path.getName();
        if (name.startsWith("status")) {
            throw new UnsupportedOperationException("no status");
        }
        return name.startsWith("minus")
                ? length(status, -1)
                : name.startsWith("endless") ? length(status, Long.MAX_VALUE) : status;
    }

    private static FileStatus length(FileStatus status, long length) {
        return new FileStatus(length, false, 1, 512, status.getModificationTime(), status.getPath());
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        if (path.getName().startsWith("listing")) {
            throw new IllegalStateException("no listing");
        }
        if (path.getName().startsWith("locked")) {
            throw new java.nio.file.AccessDeniedException(path.toString(), null, "locked");
        }
        return super.listStatus(path);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        if (path.getName().startsWith("open")) {
            throw new IllegalStateException("cannot be opened");
        }
        FSDataInputStream in = super.open(path, bufferSize);
        return path.getName().startsWith("read") ? new Unreadable(in) : in;
    }

    private static final class Unreadable extends FSDataInputStream {
        Unreadable(FSDataInputStream in) {
            super(in.getWrappedStream());
        }

        @Override
        public void readFully(long position, byte[] buffer, int offset, int length) {
            throw new NegativeArraySizeException("-1");
        }
    }
}
