package io.zipmap.fs;

import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Opens archives on any Hadoop file system; those on local disks without Hadoop in between. */
public final class Sources implements ArchiveOpener {
    private final Configuration configuration;

    public Sources(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public ByteSource open(ArchiveRef ref) throws IOException {
        SourceFailure failure = new SourceFailure(ref);
        try {
            return open(ref, failure);
        } catch (IOException e) {
            throw failure.of(e);
        }
    }

    /** The generation that lies at {@code uri} now, if there is one. */
    public Optional<ArchiveRef> find(String uri) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(URI.create(uri));
        try {
            return Optional.of(HadoopFile.ref(path.getFileSystem(configuration).getFileStatus(path)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private ByteSource open(ArchiveRef ref, SourceFailure failure) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(URI.create(ref.uri()));
        FileSystem fs = path.getFileSystem(configuration);
        HadoopFile file = new HadoopFile(fs, fs.getFileStatus(path));
        failure.requireSame(file.ref());
        Optional<Path> local = local(ref.uri());
        return local.isPresent() ? LocalSource.open(ref, file, local.get()) : new HadoopSource(ref, file);
    }

    @Override
    public Optional<Path> local(String uri) {
        URI parsed = URI.create(uri);
        return "file".equals(parsed.getScheme()) ? Optional.of(Path.of(parsed.getPath())) : Optional.empty();
    }
}
