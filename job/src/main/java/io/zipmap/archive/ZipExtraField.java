package io.zipmap.archive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An extra field: blocks of id, size and data (APPNOTE 4.5.1). What follows the last whole block is padding. */
final class ZipExtraField {
    private static final int ZIP64 = 0x0001;

    private final byte[] bytes;

    ZipExtraField(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @return the data of the first block of this id */
    byte @Nullable [] find(int id) {
        for (int at = 0; at + 4 <= bytes.length; ) {
            int end = at + 4 + LittleEndian.u16(bytes, at + 2);
            if (end > bytes.length) {
                return null;
            }
            if (LittleEndian.u16(bytes, at) == id) {
                return Arrays.copyOfRange(bytes, at + 4, end);
            }
            at = end;
        }
        return null;
    }

    /** @return the zip64 numbers, to be taken in their order (APPNOTE 4.5.3) */
    Zip64ExtraField zip64() {
        byte[] data = find(ZIP64);
        return new Zip64ExtraField(data == null ? new byte[0] : data);
    }
}
