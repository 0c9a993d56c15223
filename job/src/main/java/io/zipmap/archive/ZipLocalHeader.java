package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The header before an entry's data (APPNOTE 4.3.7). The directory rules; this one must not contradict it. */
final class ZipLocalHeader {
    static final int SIGNATURE = 0x04034b50;

    /** Bytes before name and extra field. */
    static final int FIXED_BYTES = 30;

    private ZipLocalHeader() {}

    /**
     * @return where the data of the entry begins
     * @throws ZipmapException {@code ARCHIVE_MALFORMED} when there is no such header or it is of another entry,
     *     {@code ENTRIES_OVERLAP} when the data runs into what follows, or another entry has it too
     */
    static long dataOffset(ByteSource source, ArchiveEntry entry, EntryExtents extents) throws IOException {
        ZipCentralHeader central = entry.header();
        extents.checkNamedOnce(entry);
        byte[] local = read(source, central.offset(), FIXED_BYTES + central.nameLength());
        if (local == null || LittleEndian.u32(local, 0) != SIGNATURE) {
            throw ZipEndRecord.malformed("Cannot find the local header of an entry at offset " + central.offset());
        }
        int nameLength = LittleEndian.u16(local, 26);
        byte[] name = Arrays.copyOfRange(local, FIXED_BYTES, local.length);
        agree("name", central.nameLength() + " bytes", nameLength + " bytes");
        agree("name", hex(central.nameCrc()), hex(EntryNames.slashedCrc32(name)));
        agree("method", central.method(), LittleEndian.u16(local, 8));
        if (!central.hasDescriptor() && (LittleEndian.u16(local, 6) & 1 << 3) == 0) {
            agreeSize("size", central.size(), LittleEndian.u32(local, 22));
            agreeSize("compressed size", central.compressedSize(), LittleEndian.u32(local, 18));
        }
        long data = central.offset() + local.length + LittleEndian.u16(local, 28);
        long end = extents.end(central.offset());
        if (data + central.compressedSize() > end) {
            throw new ZipmapException(Condition.ENTRIES_OVERLAP, "Cannot read an entry that runs into what follows it")
                    .expected("to end at or before " + end)
                    .actual("ends at " + (data + central.compressedSize()));
        }
        return data;
    }

    /** A size left to the zip64 field is not looked up: the content is held against the directory in any case. */
    private static void agreeSize(String what, long central, long local) throws ZipmapException {
        if (local != Zip64ExtraField.ALL_ONES) {
            agree(what, central, local);
        }
    }

    private static void agree(String what, Object central, Object local) throws ZipmapException {
        if (!central.equals(local)) {
            throw ZipEndRecord.malformed(
                            "Cannot trust an entry: its local header has another " + what + " than the directory")
                    .expected(central)
                    .actual(local);
        }
    }

    private static String hex(int crc) {
        return String.format("CRC-32 %08x", crc);
    }

    /** @return {@code null} when the source ends before */
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
