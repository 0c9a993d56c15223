package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;

/**
 * Fields of an end record that describe disks and central directory. The end record (APPNOTE 4.3.16) and its zip64 form
 * (4.3.14) have the same fields in different widths.
 *
 * @param countHere entries of the directory on this disk
 * @param count entries of the whole directory
 * @param size of the directory in bytes
 * @param offset of the directory in the file, before any shift
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
     * Checks these fields against the zip64 fields and returns those. A field that is not all ones must be equal
     * (APPNOTE 4.4.1.4).
     */
    ZipEndFields resolve(ZipEndFields wide) throws ZipmapException {
        checkSame("disk", disk, wide.disk, Zip64ExtraField.ALL_ONES_SHORT);
        checkSame("disk of the directory", directoryDisk, wide.directoryDisk, Zip64ExtraField.ALL_ONES_SHORT);
        checkSame("count on this disk", countHere, wide.countHere, Zip64ExtraField.ALL_ONES_SHORT);
        checkSame("count", count, wide.count, Zip64ExtraField.ALL_ONES_SHORT);
        checkSame("size", size, wide.size, Zip64ExtraField.ALL_ONES);
        checkSame("offset", offset, wide.offset, Zip64ExtraField.ALL_ONES);
        return wide;
    }

    /** Whether a field is all ones, so the value is in the zip64 record (APPNOTE 4.4.1.4). */
    boolean needZip64() {
        return disk == Zip64ExtraField.ALL_ONES_SHORT
                || directoryDisk == Zip64ExtraField.ALL_ONES_SHORT
                || countHere == Zip64ExtraField.ALL_ONES_SHORT
                || count == Zip64ExtraField.ALL_ONES_SHORT
                || size == Zip64ExtraField.ALL_ONES
                || offset == Zip64ExtraField.ALL_ONES;
    }

    private static void checkSame(String what, long narrow, long wide, long allOnes) throws ZipmapException {
        if (narrow != allOnes && narrow != wide) {
            throw ZipEndRecord.malformed(
                            "Cannot trust the end record: it and the zip64 end record differ in the " + what)
                    .expected(narrow)
                    .actual(Long.toUnsignedString(wide));
        }
    }

    /** @throws ZipmapException {@code ARCHIVE_SPANNED}; {@code ARCHIVE_MALFORMED} if the two counts differ */
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
