package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A scratch file while it is written under its {@link PartName}. When it has exactly the expected bytes,
 * {@link #publish} seals it and gives it its own name; otherwise {@link #remove} deletes it. Not thread-safe.
 *
 * <p>No data is forced to disk, because a sync per file would cost the time that scratch saves. After a crash of the
 * machine an application's scope is removed whole. A kept file whose data did not reach the disk is too short, on file
 * systems that write data before sizes, and is made again.
 */
final class PartFile implements WritableByteChannel {
    private final Path path;
    private final Path target;
    private final FileChannel channel;
    private final long bytes;
    private long written;

    private PartFile(Path path, Path target, FileChannel channel, long bytes) {
        this.path = path;
        this.target = target;
        this.channel = channel;
        this.bytes = bytes;
    }

    /**
     * Creates an empty part.
     *
     * @param target the path after publication, in the same folder
     * @param bytes the exact size of the complete file
     * @param lease the identifier of this process's lease
     */
    static PartFile create(Path target, long bytes, String lease) throws DiskException {
        Path path = PartName.of(target, bytes, lease);
        try {
            FileChannel channel = FileChannel.open(
                    path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateAccess.NEW_FILE);
            return new PartFile(path, target, channel, bytes);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (source.remaining() > bytes - written) {
            throw wrongSize("more than that");
        }
        try {
            int count = source.remaining();
            // A disk that is almost full accepts a part first, and fails at the next write.
            while (source.hasRemaining()) {
                channel.write(source);
            }
            written += count;
            return count;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /** Seals the file and gives it its name, under which it is complete and never written again. */
    void publish() throws IOException {
        if (written != bytes) {
            throw wrongSize(written + " bytes");
        }
        try {
            channel.close();
            Files.setPosixFilePermissions(path, PrivateAccess.SEALED_FILE);
            rename(path, target);
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    static void rename(Path path, Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the part. Ignores failures: what stays is removed with the lease. */
    void remove() {
        try (channel) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return;
        }
    }

    private ZipmapException wrongSize(String actual) {
        return new ZipmapException(Condition.SIZE_MISMATCH, "Cannot extract an entry of another size than declared")
                .expected(bytes + " bytes")
                .actual(actual);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Does nothing: the creator of the part publishes or removes it. */
    @Override
    public void close() {}
}
