package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the central directory lies, by the end of central directory record (APPNOTE 4.3.16) and, where there is one,
 * its zip64 form (4.3.14, 4.3.15).
 *
 * @param start of the directory in the file
 * @param size of the directory in bytes
 * @param shift bytes put before the archive (a self-extractor): to be added to every offset
 * @param count headers in the directory; modulo 65 536 unless {@code exact}
 */
record ZipEndRecord(long start, long size, long shift, long count, boolean exact) {
    static final int SIGNATURE = 0x06054b50;

    /** Bytes before the comment. */
    static final int FIXED_BYTES = 22;

    /** @return {@code null} when the file has no end record */
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
        ZipEndFields claim = ZipEndFields.of(bytes, at);
        Zip64EndRecord zip64 = Zip64EndRecord.find(tail, tail.start() + at, claim);
        return locate(
                tail,
                zip64 == null ? claim : claim.resolve(zip64.claim()),
                zip64 == null ? tail.start() + at : zip64.position(),
                zip64 != null);
    }

    /**
     * The last record whose comment ends where the file ends; else, bytes trailing, the last record at all; else -1.
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
     * The directory ends where its end record begins; that it does not start at its offset tells what was put before.
     */
    private static ZipEndRecord locate(ZipTail tail, ZipEndFields claim, long end, boolean exact) throws IOException {
        claim.checkOneDisk();
        if (claim.size() < 0 || claim.size() > end) {
            throw malformed("Invalid size of the central directory: " + Long.toUnsignedString(claim.size()))
                    .expected("at most " + end + " bytes, where its end record begins");
        }
        long start = end - claim.size();
        if (claim.offset() < 0 || claim.offset() > start) {
            throw malformed("Invalid offset of the central directory: " + Long.toUnsignedString(claim.offset()))
                    .expected("at most " + start + ", its size before its end record");
        }
        boolean gap =
                claim.offset() < start && !hasHeader(tail, start, claim) && hasHeader(tail, claim.offset(), claim);
        if (gap) {
            start = claim.offset();
        }
        return new ZipEndRecord(start, claim.size(), start - claim.offset(), claim.count(), exact);
    }

    private static boolean hasHeader(ZipTail tail, long at, ZipEndFields claim) throws IOException {
        return claim.size() >= ZipCentralHeader.FIXED_BYTES
                && LittleEndian.u32(tail.read(at, 4), 0) == ZipCentralHeader.SIGNATURE;
    }

    /** @throws ZipmapException when {@code found} headers are not what the end record counted */
    void checkCount(long found) throws ZipmapException {
        if (exact ? found != count : (found & 0xFFFF) != count) {
            throw malformed("Cannot trust the central directory: its end record counts other entries than it holds")
                    .expected(Long.toUnsignedString(count) + (exact || found < 65536 ? "" : " (modulo 65536)"))
                    .actual(found);
        }
    }

    static ZipmapException malformed(String what) {
        return new ZipmapException(Condition.ARCHIVE_MALFORMED, what);
    }
}
