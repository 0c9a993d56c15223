package io.zipmap.archive;

import java.util.Set;

/**
 * The numeric fields of one central directory header (APPNOTE 4.3.12), with zip64 values resolved. Of the raw name only
 * length, CRC-32 and last byte are kept: enough to compare it with the local header's, and a directory of a million
 * entries stays small.
 *
 * @param offset of the local header in the file; -1 for a bare .npy file
 * @param nameCrc CRC-32 of the raw name with every backslash replaced by a slash
 * @param nameEnd last byte of the raw name; 0 if the name is empty
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

    /** Bytes of the header before name, extra field and comment. */
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

    /** Encrypted, strongly encrypted, with a masked local header (APPNOTE 4.4.4: bits 0, 6, 13), or AES-encrypted. */
    boolean isEncrypted() {
        return (flags & (1 | 1 << 6 | 1 << 13)) != 0 || method == CompressionMethods.AES;
    }

    /** Whether sizes and CRC-32 follow the data, so that the local header may lack them (APPNOTE 4.4.4: bit 3). */
    boolean hasDescriptor() {
        return (flags & 1 << 3) != 0;
    }

    /** Whether an LZMA stream ends with an end marker (APPNOTE 4.4.4: bit 1). */
    boolean endsWithMarker() {
        return (flags & 1 << 1) != 0;
    }

    /** A Unix symbolic link: the mode is the upper half of the external attributes (APPNOTE 4.4.2, 4.4.15). */
    boolean isSymlink() {
        int host = madeBy >>> 8;
        return (host == UNIX || host == DARWIN) && (attributes >>> 16 & FILE_TYPE) == SYMLINK;
    }

    /**
     * Whether the name ends with a slash, or the DOS attributes mark a folder (APPNOTE 4.4.15). A backslash at the end
     * counts only for writers on DOS.
     *
     * @param name the decoded name
     */
    boolean isMarkedAsFolder(String name) {
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

    /** The smallest possible end offset of the local header and the data. */
    long end() {
        return offset + ZipLocalHeader.FIXED_BYTES + nameLength + compressedSize;
    }
}
