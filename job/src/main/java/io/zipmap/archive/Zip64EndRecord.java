package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The zip64 end of central directory record (APPNOTE 4.3.14), found through its locator (4.3.15). */
record Zip64EndRecord(long position, ZipEndFields claim) {
    static final int SIGNATURE = 0x06064b50;
    static final int LOCATOR_SIGNATURE = 0x07064b50;
    static final int LOCATOR_BYTES = 20;

    /** Bytes of a record of version 1, without extensible data. */
    static final int FIXED_BYTES = 56;

    /** APPNOTE 4.4.3.2: version 6.2 is needed to extract where the central directory is encrypted. */
    private static final int VERSION_OF_ENCRYPTED_DIRECTORY = 62;

    /** Some writers put their host into the upper byte (APPNOTE 4.4.2), here too. */
    private static final int VERSION_MASK = 0xFF;

    /**
     * A locator without a record may be the last bytes of a name or a comment. It says nothing then, unless the end
     * record leaves a number to the zip64 record.
     *
     * @param claim of the end record
     * @return {@code null} when no locator is right before the end record, or no record belongs to it
     */
    static @Nullable Zip64EndRecord find(ZipTail tail, long endRecord, ZipEndFields claim) throws IOException {
        long locator = endRecord - LOCATOR_BYTES;
        if (locator < 0) {
            return null;
        }
        byte[] bytes = tail.read(locator, LOCATOR_BYTES);
        if (LittleEndian.u32(bytes, 0) != LOCATOR_SIGNATURE) {
            return null;
        }
        long told = LittleEndian.i64(bytes, 8);
        Zip64EndRecord record = at(tail, told, locator);
        if (record == null) {
            // Bytes put before the archive move the record away from where the locator points.
            record = at(tail, locator - FIXED_BYTES, locator);
        }
        if (record == null && claim.leavesNumbers()) {
            throw ZipEndRecord.malformed(
                    "Cannot find the zip64 end record where its locator points: " + Long.toUnsignedString(told));
        }
        return record;
    }

    private static @Nullable Zip64EndRecord at(ZipTail tail, long position, long locator) throws IOException {
        if (position < 0 || position > locator - FIXED_BYTES) {
            return null;
        }
        byte[] bytes = tail.read(position, FIXED_BYTES);
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
