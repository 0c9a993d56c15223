package io.zipmap.scratch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Computes checksums of files by bounded reads. It maps no file: a truncated file kills the JVM if native code reads it
 * through a map.
 */
public final class FileChecksum {
    private static final int BUFFER_BYTES = 64 << 10;

    private FileChecksum() {}

    /** Reads the whole file, which must not be a symbolic link. */
    public static long crc32(Path file) throws IOException {
        CRC32 crc = new CRC32();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (channel.read(buffer.clear()) >= 0) {
                crc.update(buffer.flip());
            }
        }
        return crc.getValue();
    }
}
