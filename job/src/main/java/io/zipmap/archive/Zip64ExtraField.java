package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;

/**
 * The zip64 extended information of one entry (APPNOTE 4.5.3), read value by value. It contains a value only for a
 * header field that is all ones, in the order size, compressed size, offset, disk.
 */
final class Zip64ExtraField {
    static final long ALL_ONES = 0xFFFFFFFFL;
    static final int ALL_ONES_SHORT = 0xFFFF;

    private final byte[] data;
    private int at;

    Zip64ExtraField(byte[] data) {
        this.data = data;
    }

    /** @return {@code field}, or the next zip64 value if the field is all ones */
    long resolve(long field, String what) throws ZipmapException {
        if (field != ALL_ONES) {
            return field;
        }
        if (data.length - at < 8) {
            throw new ZipmapException(Condition.ARCHIVE_MALFORMED, "Cannot find the zip64 value of an entry: " + what);
        }
        long number = LittleEndian.i64(data, at);
        at += 8;
        if (number < 0) {
            throw new ZipmapException(Condition.ARCHIVE_MALFORMED, "Invalid zip64 value of an entry: " + what)
                    .expected("less than 2^63")
                    .actual(Long.toUnsignedString(number));
        }
        return number;
    }

    long resolveDisk(int field) {
        return field == ALL_ONES_SHORT && data.length - at >= 4 ? LittleEndian.u32(data, at) : field;
    }
}
