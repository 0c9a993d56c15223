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
 * A scratch file while it is being written: {@code NAME.part-LEASE-BYTES-UNIQUE}, so that its name tells who writes it
 * and how much room it will take. It becomes NAME when it has exactly the announced bytes, or it is removed.
 *
 * <p>Nothing is forced to disk. After a crash of the machine the scope {@code app} is swept whole, and in the scope
 * {@code keep} a file whose data did not reach the disk is too short on file systems that write data before sizes; then
 * it is made again. A sync per file would cost the time that scratch is there to save.
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

    static PartFile create(Path target, long bytes, String lease) throws DiskFailure {
        Path path = PartName.of(target, bytes, lease);
        try {
            FileChannel channel = FileChannel.open(
                    path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateAccess.NEW_FILE);
            return new PartFile(path, target, channel, bytes);
        } catch (IOException e) {
            throw new DiskFailure(e);
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (from.remaining() > bytes - written) {
            throw size("more than that");
        }
        try {
            int count = from.remaining();
            // A disk that is filling up takes a part first, and says why only when asked again.
            while (from.hasRemaining()) {
                channel.write(from);
            }
            written += count;
            return count;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new DiskFailure(e);
        }
    }

    /** Gives the file its final name, under which it is complete and never written again. */
    void publish() throws IOException {
        if (written != bytes) {
            throw size(written + " bytes");
        }
        try {
            channel.close();
            Files.setPosixFilePermissions(path, PrivateAccess.SEALED_FILE);
            rename(path, target);
        } catch (IOException e) {
            throw new DiskFailure(e);
        }
    }

    static void rename(Path path, Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A disk that has just failed may refuse this too. What stays goes with the lease, and says nothing new. */
    void remove() {
        try (channel) {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return;
        }
    }

    private ZipmapException size(String actual) {
        return new ZipmapException(Condition.SIZE_MISMATCH, "Cannot extract an entry whose size is not what it says")
                .expected(bytes + " bytes")
                .actual(actual);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Does nothing: the one who made the part publishes or removes it. */
    @Override
    public void close() {}
}
