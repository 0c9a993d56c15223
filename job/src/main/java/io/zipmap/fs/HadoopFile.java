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

/** One generation of a file on a Hadoop file system: the status that it had when it was looked up. Immutable. */
final class HadoopFile {
    /** Read policy for reads at random positions. */
    static final String RANDOM = OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM;
    /** Read policy for reads from front to back. */
    static final String SEQUENTIAL = OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_SEQUENTIAL;

    private final FileSystem fs;
    private final FileStatus status;

    HadoopFile(FileSystem fs, FileStatus status) {
        this.fs = fs;
        this.status = status;
    }

    /** The reference to the generation that a status describes. Its version is the ETag, else the modification time. */
    static ArchiveRef refOf(FileStatus status) {
        String etag = etag(status);
        String version = etag == null ? Long.toString(status.getModificationTime()) : etag;
        return new ArchiveRef(status.getPath().toUri().toString(), status.getLen(), version);
    }

    private static @Nullable String etag(FileStatus status) {
        String etag = status instanceof EtagSource ? ((EtagSource) status).getEtag() : null;
        return etag == null || etag.isEmpty() ? null : etag;
    }

    /** The reference to this generation. */
    ArchiveRef ref() {
        return refOf(status);
    }

    /** The reference to the generation that the file has now. */
    ArchiveRef currentRef() throws IOException {
        return refOf(HadoopCall.get(() -> fs.getFileStatus(status.getPath())));
    }

    /** Whether a stream either reads this generation or fails, even if the file is replaced. */
    boolean isGuarded() {
        return etag(status) != null;
    }

    /**
     * Opens this generation. The caller closes the stream. Hadoop receives the status, so that an object store is not
     * asked for it again and checks each response against the ETag.
     *
     * @param policy {@link #RANDOM} or {@link #SEQUENTIAL}
     */
    FSDataInputStream open(String policy) throws IOException {
        return HadoopCall.get(() -> FutureIO.awaitFuture(fs.openFile(status.getPath())
                .opt(OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY, policy)
                .withFileStatus(status)
                .build()));
    }
}
