package io.zipmap.faults;

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

/** Archives on local disks without Hadoop, for processes that have no library; remote, as far as the store can tell. */
class LocalOpener implements ArchiveOpener {
    static ArchiveRef ref(Path archive) throws IOException {
        return new ArchiveRef(
                archive.toUri().toString(),
                Files.size(archive),
                Long.toString(Files.getLastModifiedTime(archive).toMillis()));
    }

    static Path path(ArchiveRef ref) {
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

    /** For tests that do something meanwhile. */
    void beforeRead(ArchiveRef ref, long position) throws IOException {}

    @Override
    public Optional<Path> local(String uri) {
        return Optional.empty();
    }
}
