package io.zipmap.archive;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the central directory says of one entry (APPNOTE 4.3.12); nothing of it is checked before it is read. Immutable.
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

    /** A bare .npy file, seen as the one entry of an archive: stored, without a name and without a CRC-32. */
    static ArchiveEntry bare(long length) {
        return new ArchiveEntry(0, null, ZipCentralHeader.bare(length));
    }

    /** Position in the central directory, folders counted too: tells entries of the same name apart. */
    public int index() {
        return index;
    }

    /** The name as the directory has it; {@code null} for a bare .npy file. Never to be used as a path. */
    public @Nullable String name() {
        return name;
    }

    /**
     * The file that unpacking would make of an entry of this name: entries with the same are one file, of which the
     * last is what unzip, 7z and numpy leave.
     */
    public static String unpacked(String name) {
        return EntryNames.unpacked(name);
    }

    /** Whether an operating system left it there, such as {@code .DS_Store}: a file that no user means to pack. */
    public boolean isLitter() {
        return name != null && JunkFiles.is(unpacked(name));
    }

    /** Number of the compression method (APPNOTE 4.4.5). */
    public int method() {
        return header.method();
    }

    /**
     * Name of the compression method: {@code stored}, {@code deflate}, {@code zstd}; {@code method-N} of a number
     * without a name.
     */
    public String methodName() {
        return CompressionMethods.name(header.method());
    }

    public boolean stored() {
        return header.method() == CompressionMethods.STORED;
    }

    /** CRC-32 of the decoded bytes; a bare .npy file has none. */
    public OptionalLong crc32() {
        return isBare() ? OptionalLong.empty() : OptionalLong.of(header.crc32());
    }

    /** Bytes in the archive. */
    public long compressedSize() {
        return header.compressedSize();
    }

    /** Bytes when decoded. */
    public long size() {
        return header.size();
    }

    ZipCentralHeader header() {
        return header;
    }

    boolean isBare() {
        return header.offset() < 0;
    }

    /** A folder takes part in the directory but has nothing to read; a symbolic link is never taken for one. */
    boolean isFolder() {
        return name != null && header.saysFolder(name) && !header.hasBytes();
    }

    /** What says to be a folder should have no bytes. If they are an array, it is one all the same. */
    public boolean isFolderWithBytes() {
        return name != null && header.saysFolder(name) && header.hasBytes();
    }

    @Override
    public String toString() {
        return name == null ? "(bare .npy)" : name;
    }
}
