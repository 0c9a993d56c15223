package io.zipmap.archive;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One entry as the central directory describes it (APPNOTE 4.3.12). The description is only checked against the data
 * when the entry is read. Immutable.
 */
public final class ArchiveEntry {
    private final int index;
    private final @Nullable String name;
    private final ZipCentralHeader header;

    ArchiveEntry(int index, @Nullable String name, ZipCentralHeader header) {
        this.index = index;
        this.name = name;
        this.header = header;
    }

    /** The only entry of a bare .npy file: stored, without a name, without a CRC-32. */
    static ArchiveEntry bare(long length) {
        return new ArchiveEntry(0, null, ZipCentralHeader.bare(length));
    }

    /** Position in the central directory, counting folders. Distinguishes entries of the same name. */
    public int index() {
        return index;
    }

    /** The decoded name; {@code null} for a bare .npy file. Never use it as a path. */
    public @Nullable String name() {
        return name;
    }

    /**
     * Path of the file that unpacking an entry of this name creates. If several entries have the same path, unzip, 7z
     * and numpy keep the last.
     */
    public static String unpackedPath(String name) {
        return EntryNames.unpackedPath(name);
    }

    /** Whether the entry is a file that an operating system creates by itself, such as {@code .DS_Store}. */
    public boolean isJunkFile() {
        return name != null && JunkFiles.contains(unpackedPath(name));
    }

    /** Number of the compression method (APPNOTE 4.4.5). */
    int method() {
        return header.method();
    }

    /**
     * Name of the compression method, such as {@code stored}, {@code deflate} or {@code zstd}; {@code method-N} for an
     * unknown number.
     */
    public String methodName() {
        return CompressionMethods.name(header.method());
    }

    public boolean isStored() {
        return header.method() == CompressionMethods.STORED;
    }

    /** CRC-32 of the decoded bytes; empty for a bare .npy file. */
    public OptionalLong crc32() {
        return isBare() ? OptionalLong.empty() : OptionalLong.of(header.crc32());
    }

    /** Bytes of the entry's data in the archive. */
    public long compressedSize() {
        return header.compressedSize();
    }

    /** Bytes of the decoded data. */
    public long size() {
        return header.size();
    }

    ZipCentralHeader header() {
        return header;
    }

    boolean isBare() {
        return header.offset() < 0;
    }

    /** Whether the entry is a folder: marked as one and without data. A symbolic link is never a folder. */
    boolean isFolder() {
        return name != null && header.isMarkedAsFolder(name) && !header.hasBytes();
    }

    /** Whether the entry is marked as a folder and has data all the same. If the data is an array, it is read. */
    public boolean isFolderWithBytes() {
        return name != null && header.isMarkedAsFolder(name) && header.hasBytes();
    }

    @Override
    public String toString() {
        return name == null ? "(bare .npy)" : name;
    }
}
