package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;

/**
 * What an end record says of disks and directory; the two forms (APPNOTE 4.3.14, 4.3.16) say the same in other widths.
 */
record ZipEndFields(long disk, long directoryDisk, long countHere, long count, long size, long offset) {

    static ZipEndFields of(byte[] record, int at) {
        return new ZipEndFields(
                LittleEndian.u16(record, at + 4),
                LittleEndian.u16(record, at + 6),
                LittleEndian.u16(record, at + 8),
                LittleEndian.u16(record, at + 10),
                LittleEndian.u32(record, at + 12),
                LittleEndian.u32(record, at + 16));
    }

    static ZipEndFields ofZip64(byte[] record) {
        return new ZipEndFields(
                LittleEndian.u32(record, 16),
                LittleEndian.u32(record, 20),
                LittleEndian.i64(record, 24),
                LittleEndian.i64(record, 32),
                LittleEndian.i64(record, 40),
                LittleEndian.i64(record, 48));
    }

    /**
     * The numbers of the zip64 record, which must be the same where this record has room for them (APPNOTE 4.4.1.4).
     */
    ZipEndFields resolve(ZipEndFields wide) throws ZipmapException {
        agree("disk", disk, wide.disk, Zip64ExtraField.ALL_ONES_SHORT);
        agree("disk of the directory", directoryDisk, wide.directoryDisk, Zip64ExtraField.ALL_ONES_SHORT);
        agree("count on this disk", countHere, wide.countHere, Zip64ExtraField.ALL_ONES_SHORT);
        agree("count", count, wide.count, Zip64ExtraField.ALL_ONES_SHORT);
        agree("size", size, wide.size, Zip64ExtraField.ALL_ONES);
        agree("offset", offset, wide.offset, Zip64ExtraField.ALL_ONES);
        return wide;
    }

    /** Whether a number has no room here, so that a zip64 record must have it (APPNOTE 4.4.1.4). */
    boolean leavesNumbers() {
        return disk == Zip64ExtraField.ALL_ONES_SHORT
                || directoryDisk == Zip64ExtraField.ALL_ONES_SHORT
                || countHere == Zip64ExtraField.ALL_ONES_SHORT
                || count == Zip64ExtraField.ALL_ONES_SHORT
                || size == Zip64ExtraField.ALL_ONES
                || offset == Zip64ExtraField.ALL_ONES;
    }

    private static void agree(String what, long narrow, long wide, long allOnes) throws ZipmapException {
        if (narrow != allOnes && narrow != wide) {
            throw ZipEndRecord.malformed("Cannot trust the end record: the zip64 end record has another " + what)
                    .expected(narrow)
                    .actual(Long.toUnsignedString(wide));
        }
    }

    /** @throws ZipmapException {@code ARCHIVE_SPANNED}; {@code ARCHIVE_MALFORMED} when one disk has two counts */
    void checkOneDisk() throws ZipmapException {
        if (disk != 0 || directoryDisk != 0) {
            throw new ZipmapException(Condition.ARCHIVE_SPANNED, "Unsupported archive: one part of a split archive")
                    .expected("all on disk 0")
                    .actual("disk " + disk + ", directory on disk " + directoryDisk)
                    .advice("Join the parts first, with zip -s 0.");
        }
        if (countHere != count) {
            throw ZipEndRecord.malformed("Cannot trust the end record: its two counts of the entries differ")
                    .expected(Long.toUnsignedString(count) + " entries, all of them on this disk")
                    .actual(Long.toUnsignedString(countHere) + " entries on this disk");
        }
    }
}
