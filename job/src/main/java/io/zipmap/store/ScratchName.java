package io.zipmap.store;

import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of an extracted file: a digest of all that decides its bytes, and never a word from inside the archive. */
final class ScratchName {
    private static final int DIGITS = 40;
    private static final String NPY = ".npy";
    private static final String RAW = ".raw";
    private static final String CHECKED = ".checked";

    private ScratchName() {}

    static String of(ArchiveRef archive, ArchiveEntry entry, boolean npy) {
        return digest(archive, entry) + (npy ? NPY : RAW);
    }

    /** The name of the empty file that says that the entry was read where it lies, and found sound. */
    static String ofCheck(ArchiveRef archive, ArchiveEntry entry) {
        return digest(archive, entry) + CHECKED;
    }

    private static String digest(ArchiveRef archive, ArchiveEntry entry) {
        String key = String.join(
                "\0",
                archive.uri(),
                Long.toString(archive.length()),
                archive.version(),
                Integer.toString(entry.index()),
                String.valueOf(entry.name()),
                entry.crc32().toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
