package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The zip64 end of central directory record (APPNOTE 4.3.14), found through its locator (4.3.15).
 *
 * @param position of the record in the file
 */
record Zip64EndRecord(long position, ZipEndFields fields) {
    static final int SIGNATURE = 0x06064b50;
    static final int LOCATOR_SIGNATURE = 0x07064b50;
    static final int LOCATOR_BYTES = 20;

    /** Bytes of a version 1 record, without extensible data. */
    static final int FIXED_BYTES = 56;

    /** Version needed to extract an archive whose central directory is encrypted (APPNOTE 4.4.3.2). */
    private static final int VERSION_OF_ENCRYPTED_DIRECTORY = 62;

    /** Masks the upper byte, into which some writers put their host system (APPNOTE 4.4.2). */
    private static final int VERSION_MASK = 0xFF;

    /**
     * Finds the zip64 record of an end record. A locator signature without a record may be part of a name or a comment,
     * so it is an error only if the end record needs the zip64 record.
     *
     * @param fields of the end record
     * @return {@code null} if there is no locator right before the end record, or it has no record
     */
    static @Nullable Zip64EndRecord find(ZipTail tail, long endRecord, ZipEndFields fields) throws IOException {
        long locator = endRecord - LOCATOR_BYTES;
        if (locator < 0) {
            return null;
        }
        byte[] bytes = tail.readBytes(locator, LOCATOR_BYTES);
        if (LittleEndian.u32(bytes, 0) != LOCATOR_SIGNATURE) {
            return null;
        }
        long declared = LittleEndian.i64(bytes, 8);
        Zip64EndRecord record = readAt(tail, declared, locator);
        if (record == null) {
            // Bytes prepended to the archive shift the record, so the locator's position is too small.
            record = readAt(tail, locator - FIXED_BYTES, locator);
        }
        if (record == null && fields.needZip64()) {
            throw ZipEndRecord.malformed(
                    "Cannot find the zip64 end record where its locator points: " + Long.toUnsignedString(declared));
        }
        return record;
    }

    private static @Nullable Zip64EndRecord readAt(ZipTail tail, long position, long locator) throws IOException {
        if (position < 0 || position > locator - FIXED_BYTES) {
            return null;
        }
        byte[] bytes = tail.readBytes(position, FIXED_BYTES);
        if (LittleEndian.u32(bytes, 0) != SIGNATURE) {
            return null;
        }
        if ((LittleEndian.u16(bytes, 14) & VERSION_MASK) >= VERSION_OF_ENCRYPTED_DIRECTORY) {
            throw new ZipmapException(Condition.ENTRY_ENCRYPTED, "Cannot read an encrypted central directory")
                    .advice("Decrypt the archive first.");
        }
        return new Zip64EndRecord(position, ZipEndFields.ofZip64(bytes));
    }
}
