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
 * A zone map in scratch: a checksum, then what it is of. The name counts into the checksum, so that neither a damaged
 * file nor the one of another array is taken for it.
 */
final class ZoneFile {
    private ZoneFile() {}

    /** Bytes of the file of so many bytes of zones. */
    static long bytes(int zones) {
        return (long) Long.BYTES + zones;
    }

    static ByteBuffer of(String name, ByteBuffer zones) {
        return ByteBuffer.allocate(Long.BYTES + zones.remaining())
                .putLong(checksum(name, zones))
                .put(zones.duplicate())
                .flip();
    }

    /** The zones; null when this is not what was written under its name, or the disk does not give it. */
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

    private static long checksum(String name, ByteBuffer zones) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        crc.update(zones.duplicate());
        return crc.getValue();
    }
}
