package io.zipmap.archive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An extra field: blocks of id, size and data (APPNOTE 4.5.1). Bytes after the last whole block are padding. */
final class ZipExtraField {
    private static final int ZIP64 = 0x0001;

    private final byte[] bytes;

    ZipExtraField(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Data of the first block with this id; {@code null} if there is none. */
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

    /** The zip64 block (APPNOTE 4.5.3); empty if there is none. */
    Zip64ExtraField zip64() {
        byte[] data = find(ZIP64);
        return new Zip64ExtraField(data == null ? new byte[0] : data);
    }
}
