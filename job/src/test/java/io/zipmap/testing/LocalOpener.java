package io.zipmap.testing;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens archives on local disks without Hadoop, so that child processes need no library. It says that they are remote,
 * so that a store extracts them; the one of {@link #inPlace} says that they are local.
 */
public class LocalOpener implements ArchiveOpener {
    /** The archive as it is now: with the length and the modification time of its file. */
    public static ArchiveRef ref(Path archive) throws IOException {
        return new ArchiveRef(
                archive.toUri().toString(),
                Files.size(archive),
                Long.toString(Files.getLastModifiedTime(archive).toMillis()));
    }

    /** An opener whose archives a store may map in place. */
    public static LocalOpener inPlace() {
        return new LocalOpener() {
            @Override
            public Optional<Path> local(String uri) {
                return Optional.of(Path.of(URI.create(uri)));
            }
        };
    }

    private static Path path(ArchiveRef ref) {
        return Path.of(URI.create(ref.uri()));
    }

    @Override
    public ByteSource open(ArchiveRef ref) throws IOException {
        FileChannel channel;
        try {
            if (!ref(path(ref)).isSameFile(ref)) {
                throw new ZipmapException(Condition.SOURCE_CHANGED, "Cannot read an archive that was replaced")
                        .archive(ref.uri());
            }
            channel = FileChannel.open(path(ref));
        } catch (NoSuchFileException e) {
            throw new ZipmapException(Condition.SOURCE_MISSING, "Cannot find the archive").archive(ref.uri());
        }
        return new ByteSource() {
            @Override
            public ArchiveRef ref() {
                return ref;
            }

            @Override
            public int read(long position, byte[] into, int offset, int count) throws IOException {
                beforeRead(ref, position);
                return channel.read(ByteBuffer.wrap(into, offset, count), position);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** Called before each read of an archive. Tests override it. */
    protected void beforeRead(ArchiveRef ref, long position) throws IOException {}

    @Override
    public Optional<Path> local(String uri) {
        return Optional.empty();
    }
}
