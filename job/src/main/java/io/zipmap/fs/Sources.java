package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
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
            return isLocal(ref.uri()) ? LocalSource.open(ref) : open(ref, failure);
        } catch (IOException e) {
            throw failure.of(e);
        }
    }

    /**
     * The generation that lies at {@code uri} now, if there is one.
     *
     * @throws io.zipmap.ZipmapException as {@link #open} when it cannot be looked at
     */
    public Optional<ArchiveRef> find(String uri) throws IOException {
        try {
            return Optional.of(now(uri));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SourceFailure(ArchiveRef.unseen(uri)).of(e);
        }
    }

    /**
     * Looks whether an archive is there in this version; it is not opened.
     *
     * @throws io.zipmap.ZipmapException {@code SOURCE_MISSING}, {@code SOURCE_CHANGED}; as {@link #open} when it cannot
     *     be looked at
     */
    public void requireSame(ArchiveRef ref) throws IOException {
        SourceFailure failure = new SourceFailure(ref);
        try {
            failure.requireSame(now(ref.uri()));
        } catch (IOException e) {
            throw failure.of(e);
        }
    }

    private ArchiveRef now(String uri) throws IOException {
        return isLocal(uri) ? new LocalFile(uri).now() : file(uri).ref();
    }

    private HadoopFile file(String uri) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(URI.create(uri));
        FileSystem fs = HadoopCall.of(() -> path.getFileSystem(configuration));
        return new HadoopFile(fs, HadoopCall.of(() -> fs.getFileStatus(path)));
    }

    /** An HTTP server need not say how long a file is; without its length an archive has no end to be read from. */
    private ByteSource open(ArchiveRef ref, SourceFailure failure) throws IOException {
        HadoopFile file = file(ref.uri());
        if (file.ref().length() < 0) {
            throw new ZipmapException(
                            Condition.INPUT_UNREADABLE, "Cannot read an input of unknown length: " + ref.uri())
                    .archive(ref.uri())
                    .expected("a file system that tells the length of a file")
                    .actual(file.ref().length() + " bytes")
                    .advice("Copy the archive to a disk or an object store.");
        }
        failure.requireSame(file.ref());
        return new HadoopSource(ref, file);
    }

    /**
     * Hadoop's local file system writes another name than it is given where the locale has no such letters.
     *
     * @throws ZipmapException {@code SOURCE_NAME_UNUSABLE}
     */
    public void requireWritable(org.apache.hadoop.fs.Path target) throws IOException {
        FileSystem fs = HadoopCall.of(() -> target.getFileSystem(configuration));
        String uri = HadoopCall.of(() -> fs.makeQualified(target)).toUri().toString();
        if (!LocalUri.isWritable(uri, isLocal(uri))) {
            throw new ZipmapException(Condition.SOURCE_NAME_UNUSABLE, "Cannot write a file of this name: " + uri)
                    .expected("a name in UTF-8, and a locale that has its letters")
                    .actual("the encoding " + LocalUri.ENCODING)
                    .advice("Set LC_ALL=C.UTF-8 where the executors are started, or rename the archive.");
        }
    }

    private static boolean isLocal(String uri) {
        return uri.startsWith(LocalUri.SCHEME + ":");
    }

    @Override
    public Optional<Path> local(String uri) {
        return isLocal(uri) ? Optional.of(LocalUri.path(uri)).filter(LocalUri::isText) : Optional.empty();
    }
}
