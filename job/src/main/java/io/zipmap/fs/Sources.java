package io.zipmap.fs;

import io.zipmap.Condition;
import io.zipmap.PlainPath;
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

/**
 * Opens archives by URI: files on local disks as {@link LocalSource}, all others as {@link HadoopSource}. Who opens a
 * source closes it. Thread-safe.
 */
public final class Sources implements ArchiveOpener {
    private final Configuration configuration;

    public Sources(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public ByteSource open(ArchiveRef ref) throws IOException {
        SourceFailure failure = new SourceFailure(ref);
        try {
            return isLocal(ref.uri()) ? LocalSource.open(ref) : openRemote(ref, failure);
        } catch (IOException e) {
            throw failure.translate(e);
        }
    }

    /**
     * Looks up the generation that an archive has now.
     *
     * @return empty if the archive does not exist
     * @throws ZipmapException as {@link #open} if it cannot be looked up
     */
    public Optional<ArchiveRef> find(String uri) throws IOException {
        try {
            return Optional.of(currentRef(uri));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SourceFailure(ArchiveRef.ofUnknownLength(uri)).translate(e);
        }
    }

    /**
     * Checks that an archive still is this generation, without opening it.
     *
     * @throws ZipmapException {@code SOURCE_MISSING}, {@code SOURCE_CHANGED}; as {@link #open} if it cannot be looked
     *     up
     */
    public void requireSame(ArchiveRef ref) throws IOException {
        SourceFailure failure = new SourceFailure(ref);
        try {
            failure.requireSame(currentRef(ref.uri()));
        } catch (IOException e) {
            throw failure.translate(e);
        }
    }

    private ArchiveRef currentRef(String uri) throws IOException {
        return isLocal(uri) ? new LocalFile(uri).currentRef() : file(uri).ref();
    }

    private HadoopFile file(String uri) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(URI.create(uri));
        FileSystem fs = HadoopCall.get(() -> path.getFileSystem(configuration));
        return new HadoopFile(fs, HadoopCall.get(() -> fs.getFileStatus(path)));
    }

    /** Refuses a file of unknown length, as from an HTTP server: the directory of an archive is at its end. */
    private ByteSource openRemote(ArchiveRef ref, SourceFailure failure) throws IOException {
        HadoopFile file = file(ref.uri());
        if (file.ref().length() < 0) {
            throw new ZipmapException(
                            Condition.INPUT_UNREADABLE, "Cannot read an input of unknown length: " + ref.plainPath())
                    .archive(ref.uri())
                    .expected("a file system that tells the length of a file")
                    .actual(file.ref().length() + " bytes")
                    .advice("Copy the archive to a disk or an object store.");
        }
        failure.requireSame(file.ref());
        return new HadoopSource(ref, file);
    }

    /**
     * Checks that Hadoop can write a file of this name. Its local file system writes another name if the locale does
     * not have the characters.
     *
     * @throws ZipmapException {@code SOURCE_NAME_UNUSABLE}
     */
    public void requireWritable(org.apache.hadoop.fs.Path target) throws IOException {
        FileSystem fs = HadoopCall.get(() -> target.getFileSystem(configuration));
        String uri = HadoopCall.get(() -> fs.makeQualified(target)).toUri().toString();
        if (!LocalUri.isWritable(uri, isLocal(uri))) {
            throw new ZipmapException(
                            Condition.SOURCE_NAME_UNUSABLE, "Cannot write a file of this name: " + PlainPath.of(uri))
                    .expected("a name in UTF-8, and a locale that has its characters")
                    .actual("the encoding " + LocalUri.ENCODING)
                    .advice("Set LC_ALL=C.UTF-8 where the executors are started, or rename the archive.");
        }
    }

    private static boolean isLocal(String uri) {
        return uri.startsWith(LocalUri.SCHEME + ":");
    }

    @Override
    public Optional<Path> local(String uri) {
        return isLocal(uri) ? Optional.of(LocalUri.pathOf(uri)).filter(LocalUri::isText) : Optional.empty();
    }
}
