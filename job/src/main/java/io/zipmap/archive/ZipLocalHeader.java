package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the local header before an entry's data (APPNOTE 4.3.7), to locate the data. The central directory is
 * authoritative; a local header that contradicts it makes the entry unreadable.
 */
final class ZipLocalHeader {
    static final int SIGNATURE = 0x04034b50;

    /** Bytes of the header before name and extra field. */
    static final int FIXED_BYTES = 30;

    private ZipLocalHeader() {}

    /**
     * Offset of the entry's data in the file.
     *
     * @throws ZipmapException {@code ARCHIVE_MALFORMED} if there is no local header or it contradicts the directory,
     *     {@code ENTRIES_OVERLAP} if the data overlaps the next entry, or a later entry has the same data
     */
    static long dataOffset(ByteSource source, ArchiveEntry entry, EntryExtents extents) throws IOException {
        ZipCentralHeader central = entry.header();
        extents.checkNotDuplicate(entry);
        byte[] local = read(source, central.offset(), FIXED_BYTES + central.nameLength());
        if (local == null || LittleEndian.u32(local, 0) != SIGNATURE) {
            throw ZipEndRecord.malformed("Cannot find the local header of an entry at offset " + central.offset());
        }
        int nameLength = LittleEndian.u16(local, 26);
        byte[] name = Arrays.copyOfRange(local, FIXED_BYTES, local.length);
        int nameCrc = EntryNames.slashedCrc32(name);
        if (nameLength != central.nameLength()) {
            throw differ("name", central.nameLength() + " bytes", nameLength + " bytes");
        }
        if (nameCrc != central.nameCrc()) {
            throw differ("name", hex(central.nameCrc()), hex(nameCrc));
        }
        checkSame("method", central.method(), LittleEndian.u16(local, 8));
        if (!central.hasDescriptor() && (LittleEndian.u16(local, 6) & 1 << 3) == 0) {
            checkSameSize("size", central.size(), LittleEndian.u32(local, 22));
            checkSameSize("compressed size", central.compressedSize(), LittleEndian.u32(local, 18));
        }
        long data = central.offset() + local.length + LittleEndian.u16(local, 28);
        long end = extents.limit(central.offset());
        if (data + central.compressedSize() > end) {
            throw new ZipmapException(Condition.ENTRIES_OVERLAP, "Cannot read an entry that overlaps the next one")
                    .expected("to end at or before " + end)
                    .actual("ends at " + (data + central.compressedSize()));
        }
        return data;
    }

    /**
     * Skips a size that the local header leaves to its zip64 field: the data is checked against the directory anyway.
     */
    private static void checkSameSize(String what, long central, long local) throws ZipmapException {
        if (local != Zip64ExtraField.ALL_ONES) {
            checkSame(what, central, local);
        }
    }

    private static void checkSame(String what, long central, long local) throws ZipmapException {
        if (central != local) {
            throw differ(what, central, local);
        }
    }

    private static ZipmapException differ(String what, Object central, Object local) {
        return ZipEndRecord.malformed("Cannot trust an entry: local header and directory differ in the " + what)
                .expected(central)
                .actual(local);
    }

    private static String hex(int crc) {
        return String.format("CRC-32 %08x", crc);
    }

    /** @return {@code null} if the source ends before */
    private static byte @Nullable [] read(ByteSource source, long position, int count) throws IOException {
        byte[] into = new byte[count];
        for (int have = 0; have < count; ) {
            int n = source.read(position + have, into, have, count - have);
            if (n < 0) {
                return null;
            }
            have += n;
        }
        return into;
    }
}
