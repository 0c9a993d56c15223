package io.zipmap.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The format of a small file that describes an extracted array, such as its zone map: a checksum of 8 bytes, then the
 * content. The checksum covers the file name too, so that neither a damaged file nor a file of another array is
 * accepted.
 */
final class CompanionFile {
    private CompanionFile() {}

    /** Size of the file, in bytes. */
    static long bytes(int contentBytes) {
        return (long) Long.BYTES + contentBytes;
    }

    /** The bytes of the file {@code name} that holds {@code content}. */
    static ByteBuffer of(String name, ByteBuffer content) {
        return ByteBuffer.allocate(Long.BYTES + content.remaining())
                .putLong(checksum(name, content))
                .put(content.duplicate())
                .flip();
    }

    /** The content; null if the checksum is wrong or the disk does not give the file. */
    static @Nullable ByteBuffer read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (all.hasRemaining() && channel.read(all) >= 0) {
                continue;
            }
            if (all.flip().remaining() < Long.BYTES) {
                return null;
            }
            long checksum = all.getLong();
            return checksum == checksum(file.getFileName().toString(), all) ? all : null;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return null;
        }
    }

    private static long checksum(String name, ByteBuffer content) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        crc.update(content.duplicate());
        return crc.getValue();
    }
}
