package io.zipmap.store;

import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.scratch.CompanionName;
import io.zipmap.scratch.FileAttributes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The names of an array's files in scratch. Each is a digest of everything that decides the bytes of the file, so no
 * word from inside an archive ever becomes a file name. The Python module {@code zipmap._record} knows their form.
 */
final class ArrayFileNames {
    private static final int DIGITS = 40;
    private static final String NPY = ".npy";
    private static final String RAW = ".raw";
    private static final String CHECKED = ".checked";
    private static final int KEY_DIGITS = 16;

    private ArrayFileNames() {}

    /** The name of the extracted file of an entry. */
    static String ofExtracted(ArchiveRef archive, ArchiveEntry entry, boolean npy) {
        return digest(archive, entry) + (npy ? NPY : RAW);
    }

    /** The name of the empty file that notes that an entry was checked in place and is sound, in this archive file. */
    static String ofCheckNote(ArchiveRef archive, ArchiveEntry entry, FileAttributes file) {
        return digest(archive, entry) + "." + key(file.identity()) + CHECKED;
    }

    /** The name of the zone map of a part of an extracted array. */
    static String ofZones(ArrayRecord array, String part) {
        OptionalLong crc32 = array.crc32() < 0 ? OptionalLong.empty() : OptionalLong.of(array.crc32());
        return CompanionName.of(digest(array.archive(), array.entryIndex(), array.entry(), crc32), key(part));
    }

    /** The name of the zone map of a part of an array that is mapped in place, in this archive file. */
    static String ofZonesInPlace(ArrayRecord array, String part, FileAttributes file) {
        return ofZones(array, part + ", " + file.identity());
    }

    /** The name of the checksum file of the extracted file {@code name}. */
    static String ofChecksum(String name) {
        return CompanionName.of(name.substring(0, DIGITS), key("checksum"));
    }

    private static String key(String text) {
        return digest(text).substring(0, KEY_DIGITS);
    }

    private static String digest(ArchiveRef archive, ArchiveEntry entry) {
        return digest(archive, entry.index(), entry.name(), entry.crc32());
    }

    private static String digest(ArchiveRef archive, int index, @Nullable String entry, OptionalLong crc32) {
        return digest(String.join(
                "\0",
                archive.uri(),
                Long.toString(archive.length()),
                archive.generation(),
                Integer.toString(index),
                String.valueOf(entry),
                crc32.toString()));
    }

    private static String digest(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
