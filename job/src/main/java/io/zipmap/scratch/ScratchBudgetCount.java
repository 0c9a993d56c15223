package io.zipmap.scratch;

import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The number of used bytes that all processes of one scope share, in a file of the first folder. Callers hold the
 * budget lock. If the disk cannot read or write the file once, this process uses the file no more.
 */
final class ScratchBudgetCount {
    private final Path file;
    private volatile boolean unavailable;

    ScratchBudgetCount(Path file) {
        this.file = file;
    }

    /** The count; empty if no process has written one yet, or the disk cannot read it. */
    OptionalLong read() throws IOException {
        if (unavailable) {
            return OptionalLong.empty();
        }
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES);
        try (FileChannel channel = open()) {
            channel.read(count, 0);
        } catch (ZipmapException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            unavailable = true;
            return OptionalLong.empty();
        }
        return count.hasRemaining() ? OptionalLong.empty() : OptionalLong.of(count.getLong(0));
    }

    void write(long bytes) throws IOException {
        if (unavailable) {
            return;
        }
        try (FileChannel channel = open()) {
            channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes), 0);
        } catch (ZipmapException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            unavailable = true;
        }
    }

    private FileChannel open() throws IOException {
        FileAttributes attributes = FileAttributes.readIfExists(file);
        if (attributes != null && !attributes.isFile()) {
            throw FileAttributes.unsafe(file, "a file", attributes);
        }
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PrivateAccess.NEW_FILE);
    }
}
