package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.AccessControlException;

/** Opens archives on any Hadoop file system; those on local disks without Hadoop in between. */
public final class Sources implements ArchiveOpener {
    private final Configuration configuration;

    public Sources(Configuration configuration) {
        this.configuration = configuration;
    }

    /** The generation that a listing saw. */
    static ArchiveRef ref(FileStatus status) {
        String version = Long.toString(status.getModificationTime());
        if (status instanceof EtagSource) {
            String etag = ((EtagSource) status).getEtag();
            version = etag == null || etag.isEmpty() ? version : etag;
        }
        return new ArchiveRef(status.getPath().toUri().toString(), status.getLen(), version);
    }

    @Override
    public ByteSource open(ArchiveRef ref) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(URI.create(ref.uri()));
        try {
            FileSystem fs = path.getFileSystem(configuration);
            ArchiveRef now = ref(fs.getFileStatus(path));
            if (now.length() != ref.length() || !now.version().equals(ref.version())) {
                throw new ZipmapException(
                                Condition.SOURCE_CHANGED, "Cannot read an archive that was replaced: " + ref.uri())
                        .archive(ref.uri())
                        .expected(ref.length() + " bytes, version " + ref.version())
                        .actual(now.length() + " bytes, version " + now.version())
                        .advice("Run again to read the new archive.");
            }
            Optional<Path> local = local(ref.uri());
            return local.isPresent() ? new LocalSource(ref, local.get()) : new HadoopSource(ref, fs.open(path));
        } catch (FileNotFoundException e) {
            throw new ZipmapException(Condition.SOURCE_MISSING, "Cannot find the archive: " + ref.uri())
                    .archive(ref.uri())
                    .because(e);
        } catch (AccessControlException | java.nio.file.AccessDeniedException e) {
            throw new ZipmapException(Condition.SOURCE_UNREADABLE, "Cannot read the archive: " + ref.uri())
                    .archive(ref.uri())
                    .advice("Give the user that runs the executors the right to read it.")
                    .because(e);
        }
    }

    /** The generation that lies at {@code uri} now, if there is one. */
    public Optional<ArchiveRef> find(String uri) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(URI.create(uri));
        try {
            return Optional.of(ref(path.getFileSystem(configuration).getFileStatus(path)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Path> local(String uri) {
        URI parsed = URI.create(uri);
        return "file".equals(parsed.getScheme()) ? Optional.of(Path.of(parsed.getPath())) : Optional.empty();
    }
}
