package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on a local disk. Hadoop's own local file system would look for a checksum file beside it at every open. */
final class LocalSource implements ByteSource {
    private final ArchiveRef ref;
    private final FileChannel channel;

    LocalSource(ArchiveRef ref, Path path) throws IOException {
        this.ref = ref;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    @Override
    public ArchiveRef ref() {
        return ref;
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) throws IOException {
        return channel.read(ByteBuffer.wrap(into, offset, count), position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
