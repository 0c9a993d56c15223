package io.zipmap.archive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Computes {@link ArchiveRef#contentDigest} from the directory: CRC-32, name, method, sizes and offset of every entry.
 */
final class ZipDirectoryDigest {
    static final int DIGITS = 16;

    private static final int HEADER_BYTES = 5 * Long.BYTES;

    private ZipDirectoryDigest() {}

    /** @param entries all entries with the folders, in directory order */
    static String of(List<ArchiveEntry> entries) {
        MessageDigest digest = sha256();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
        for (ArchiveEntry entry : entries) {
            ZipCentralHeader header = entry.header();
            bytes.clear()
                    .putLong(header.crc32() << Integer.SIZE | header.nameCrc() & 0xffffffffL)
                    .putLong((long) header.method() << Integer.SIZE | header.nameLength())
                    .putLong(header.size())
                    .putLong(header.compressedSize())
                    .putLong(header.offset());
            digest.update(bytes.flip());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, DIGITS / 2);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
