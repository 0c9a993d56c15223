package io.zipmap.archive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The digest that {@link ArchiveRef#contents} is: of what the directory says of each entry, its CRC-32 first. */
final class ZipDirectoryDigest {
    static final int DIGITS = 16;

    private static final int HEADER_BYTES = 5 * Long.BYTES;

    private ZipDirectoryDigest() {}

    /** @param entries all of them, folders too, in the order of the directory */
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
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
