package io.zipmap.fs;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.archive.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * A {@link ByteSource} of a file on a local disk. It reads a channel without Hadoop, whose local file system would look
 * for a checksum file at every open. The caller that opens it closes it.
 */
final class LocalSource implements ByteSource {
    private final ArchiveRef ref;
    private final LocalFile file;
    private final SourceFailure failure;
    private final FileChannel channel;

    private LocalSource(ArchiveRef ref, LocalFile file, FileChannel channel) {
        this.ref = ref;
        this.file = file;
        this.failure = new SourceFailure(ref);
        this.channel = channel;
    }

    /**
     * Opens the file of an archive. The caller closes the source.
     *
     * @throws IOException also if the file is another generation than {@code ref}
     */
    static LocalSource open(ArchiveRef ref) throws IOException {
        LocalFile file = new LocalFile(ref.uri());
        SourceFailure failure = new SourceFailure(ref);
        failure.requireSame(file.currentRef());
        FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        boolean same = false;
        try {
            failure.requireSame(file.currentRef());
            same = true;
            return new LocalSource(ref, file, channel);
        } finally {
            if (!same) {
                channel.close();
            }
        }
    }

    @Override
    public ArchiveRef ref() {
        return ref;
    }

    @Override
    public int read(long position, byte[] into, int offset, int count) throws IOException {
        return read(position, ByteBuffer.wrap(into, offset, count));
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        if (position >= ref.length()) {
            return -1;
        }
        int count = into.remaining();
        if (count > ref.length() - position) {
            into.limit(into.position() + (int) (ref.length() - position));
        }
        int n;
        try {
            n = channel.read(into, position);
        } catch (IOException e) {
            throw failure.translateWhileReading(e, file::currentRef);
        }
        if (n <= 0 && count > 0) {
            throw failure.translateWhileReading(null, file::currentRef);
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
