package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.hadoop.util.functional.FutureIO;
import org.jspecify.annotations.Nullable;

/** One generation of a file, to be opened in the way it will be read. */
final class HadoopFile {
    static final String RANDOM = OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM;
    static final String SEQUENTIAL = OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_SEQUENTIAL;

    private final FileSystem fs;
    private final FileStatus status;

    HadoopFile(FileSystem fs, FileStatus status) {
        this.fs = fs;
        this.status = status;
    }

    /** The generation that a listing or a look saw. */
    static ArchiveRef ref(FileStatus status) {
        String etag = etag(status);
        String version = etag == null ? Long.toString(status.getModificationTime()) : etag;
        return new ArchiveRef(status.getPath().toUri().toString(), status.getLen(), version);
    }

    private static @Nullable String etag(FileStatus status) {
        String etag = status instanceof EtagSource ? ((EtagSource) status).getEtag() : null;
        return etag == null || etag.isEmpty() ? null : etag;
    }

    /** What this is. */
    ArchiveRef ref() {
        return ref(status);
    }

    /** What is there now. */
    ArchiveRef now() throws IOException {
        return ref(HadoopCall.of(() -> fs.getFileStatus(status.getPath())));
    }

    /** Whether a stream reads this generation or fails, whatever comes after it. */
    boolean isGuarded() {
        return etag(status) != null;
    }

    /**
     * The status goes along, so that an object store need not be asked for it again, and holds its answers against the
     * ETag.
     */
    FSDataInputStream open(String policy) throws IOException {
        return HadoopCall.of(() -> FutureIO.awaitFuture(fs.openFile(status.getPath())
                .opt(OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, policy)
                .withFileStatus(status)
                .build()));
    }
}
