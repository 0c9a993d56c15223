package io.zipmap.archive;

import java.util.Set;

/**
 * The numbers of one header of the central directory (APPNOTE 4.3.12), zip64 resolved. The name's bytes are kept as
 * length and CRC-32 with all slashes forward, enough to hold the local header against them, so that a directory of a
 * million entries stays small.
 *
 * @param offset of the local header in the file; -1 for a bare .npy file, which has none
 * @param nameEnd last byte of the name as the directory has it, 0 of an empty one
 */
record ZipCentralHeader(
        int madeBy,
        int flags,
        int method,
        long crc32,
        long compressedSize,
        long size,
        long offset,
        long attributes,
        int nameLength,
        int nameCrc,
        int nameEnd) {

    static final int SIGNATURE = 0x02014b50;

    /** Bytes before name, extra field and comment. */
    static final int FIXED_BYTES = 46;

    private static final int UNIX = 3;
    private static final int DARWIN = 19;
    private static final int FILE_TYPE = 0xF000;
    private static final int SYMLINK = 0xA000;

    /** The file systems of DOS, OS/2 and Windows: FAT, HPFS, NTFS, VFAT (APPNOTE 4.4.2). */
    private static final Set<Integer> DOS = Set.of(0, 6, 10, 14);

    private static final int DOS_FOLDER = 1 << 4;

    static ZipCentralHeader bare(long length) {
        return new ZipCentralHeader(0, 0, CompressionMethods.STORED, 0, length, length, -1, 0, 0, 0, 0);
    }

    /** Encrypted, strongly encrypted, with masked local header (APPNOTE 4.4.4: bits 0, 6, 13), or by AES. */
    boolean isEncrypted() {
        return (flags & (1 | 1 << 6 | 1 << 13)) != 0 || method == CompressionMethods.AES;
    }

    /** Sizes and CRC-32 follow the data, so the local header need not have them (APPNOTE 4.4.4: bit 3). */
    boolean hasDescriptor() {
        return (flags & 1 << 3) != 0;
    }

    /** An LZMA stream that ends with a marker, whatever its size (APPNOTE 4.4.4: bit 1). */
    boolean endsWithMarker() {
        return (flags & 1 << 1) != 0;
    }

    /** A symbolic link of Unix: the mode is the upper half of the external attributes (APPNOTE 4.4.2, 4.4.15). */
    boolean isSymlink() {
        int host = madeBy >>> 8;
        return (host == UNIX || host == DARWIN) && (attributes >>> 16 & FILE_TYPE) == SYMLINK;
    }

    /**
     * Whether it says to be a folder, by the end of its name or on DOS by its attributes (APPNOTE 4.4.15). Only writers
     * on DOS end a folder's name with a backslash.
     *
     * @param name decoded
     */
    boolean saysFolder(String name) {
        boolean dos = DOS.contains(madeBy >>> 8);
        boolean named =
                isFolderEnd(nameEnd, dos) || (!name.isEmpty() && isFolderEnd(name.charAt(name.length() - 1), dos));
        return (named || (dos && (attributes & DOS_FOLDER) != 0)) && !isSymlink();
    }

    boolean hasBytes() {
        return size != 0 || crc32 != 0;
    }

    private static boolean isFolderEnd(int end, boolean dos) {
        return end == '/' || (dos && end == '\\');
    }

    /** First byte after what the local header and the data take at least. */
    long end() {
        return offset + ZipLocalHeader.FIXED_BYTES + nameLength + compressedSize;
    }
}
