package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Position and size of the central directory, from the end of central directory record (APPNOTE 4.3.16) and its zip64
 * form if present (4.3.14, 4.3.15).
 *
 * @param start offset of the directory in the file
 * @param size of the directory in bytes
 * @param shift number of bytes prepended to the archive, as by a self-extractor; added to every stored offset
 * @param count headers in the directory, modulo 65 536 unless {@code exact}
 */
record ZipEndRecord(long start, long size, long shift, long count, boolean exact) {
    static final int SIGNATURE = 0x06054b50;

    /** Bytes of the record before the comment. */
    static final int FIXED_BYTES = 22;

    /** @return {@code null} if the file has no end record */
    static @Nullable ZipEndRecord find(ZipTail tail) throws IOException {
        byte[] bytes = tail.bytes();
        int at = position(bytes);
        if (at < 0) {
            return null;
        }
        int comment = LittleEndian.u16(bytes, at + 20);
        if (comment > bytes.length - at - FIXED_BYTES) {
            throw malformed("Cannot read the archive comment: it runs past the end of the file")
                    .expected(comment + " bytes")
                    .actual(bytes.length - at - FIXED_BYTES + " bytes");
        }
        ZipEndFields fields = ZipEndFields.of(bytes, at);
        Zip64EndRecord zip64 = Zip64EndRecord.find(tail, tail.start() + at, fields);
        return locate(
                tail,
                zip64 == null ? fields : fields.resolve(zip64.fields()),
                zip64 == null ? tail.start() + at : zip64.position(),
                zip64 != null);
    }

    /**
     * Index of the last record whose comment ends at the end of the file. If bytes trail the archive, the last record
     * at all; -1 if there is none.
     */
    private static int position(byte[] bytes) {
        int last = -1;
        for (int at = bytes.length - FIXED_BYTES; at >= 0; at--) {
            if (bytes[at] == 'P' && LittleEndian.u32(bytes, at) == SIGNATURE) {
                if (at + FIXED_BYTES + LittleEndian.u16(bytes, at + 20) == bytes.length) {
                    return at;
                }
                last = Math.max(last, at);
            }
        }
        return last;
    }

    /**
     * Locates the directory directly before its end record. A declared offset below that start means that bytes were
     * prepended to the archive.
     */
    private static ZipEndRecord locate(ZipTail tail, ZipEndFields fields, long end, boolean exact) throws IOException {
        fields.checkOneDisk();
        if (fields.size() < 0 || fields.size() > end) {
            throw malformed("Invalid size of the central directory: " + Long.toUnsignedString(fields.size()))
                    .expected("at most " + end + " bytes, where its end record begins");
        }
        long start = end - fields.size();
        if (fields.offset() < 0 || fields.offset() > start) {
            throw malformed("Invalid offset of the central directory: " + Long.toUnsignedString(fields.offset()))
                    .expected("at most " + start + ", its size before its end record");
        }
        boolean gap =
                fields.offset() < start && !hasHeader(tail, start, fields) && hasHeader(tail, fields.offset(), fields);
        if (gap) {
            start = fields.offset();
        }
        return new ZipEndRecord(start, fields.size(), start - fields.offset(), fields.count(), exact);
    }

    private static boolean hasHeader(ZipTail tail, long at, ZipEndFields fields) throws IOException {
        return fields.size() >= ZipCentralHeader.FIXED_BYTES
                && LittleEndian.u32(tail.readBytes(at, 4), 0) == ZipCentralHeader.SIGNATURE;
    }

    /** @throws ZipmapException if {@code found} differs from the number of headers in the end record */
    void checkCount(long found) throws ZipmapException {
        if (exact ? found != count : (found & 0xFFFF) != count) {
            throw malformed("Cannot trust the central directory: its end record has a wrong number of entries")
                    .expected(Long.toUnsignedString(count) + (exact || found < 65536 ? "" : " (modulo 65536)"))
                    .actual(found);
        }
    }

    static ZipmapException malformed(String what) {
        return new ZipmapException(Condition.ARCHIVE_MALFORMED, what);
    }
}
