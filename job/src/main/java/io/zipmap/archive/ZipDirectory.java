package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the entries of the central directory (APPNOTE 4.3.12), through one bounded buffer. */
final class ZipDirectory {
    /** Marks the digital signature that may end the directory (APPNOTE 4.3.13). */
    private static final int DIGITAL_SIGNATURE = 0x05054b50;

    /** Limit on the mean size of a header, so that a directory of long names cannot fill the heap. */
    private static final int MEAN_HEADER_BYTES = 512;

    /** Number of headers up to which long names are always allowed. */
    private static final int UNLIMITED_HEADERS = 2048;

    private final ZipDirectoryBuffer bytes;
    private final ZipEndRecord end;

    private ZipDirectory(ZipTail tail, ZipEndRecord end) {
        this.bytes = new ZipDirectoryBuffer(tail, end);
        this.end = end;
    }

    /** All entries in the order of the directory, folders included. */
    static List<ArchiveEntry> read(ZipTail tail, ZipEndRecord end, ArchiveLimits limits) throws IOException {
        checkLimits(tail, end, limits);
        List<ArchiveEntry> entries = new ArrayList<>();
        ZipDirectory directory = new ZipDirectory(tail, end);
        while (directory.hasNext()) {
            entries.add(directory.readEntry(entries.size()));
        }
        end.checkCount(entries.size());
        return entries;
    }

    /** Counts the headers of a large directory before any entry is created. */
    private static void checkLimits(ZipTail tail, ZipEndRecord end, ArchiveLimits limits) throws IOException {
        if (end.size() / ZipCentralHeader.FIXED_BYTES > limits.maxEntries()) {
            ZipDirectory directory = new ZipDirectory(tail, end);
            for (long count = 1; directory.hasNext(); count++) {
                directory.skipEntry();
                limits.checkEntries(count);
            }
        }
        if (end.size() / MEAN_HEADER_BYTES > Math.max(UNLIMITED_HEADERS, limits.maxEntries())) {
            throw new ZipmapException(
                            Condition.LIMIT_ENTRIES,
                            "Cannot read a central directory above the size limit: " + end.size())
                    .expected("at most " + MEAN_HEADER_BYTES + " bytes for each of " + limits.maxEntries() + " entries")
                    .actual(end.size() + " bytes")
                    .advice("Raise " + OptionSpelling.mention("maxEntries") + " if you trust the archive.");
        }
    }

    private boolean hasNext() throws IOException {
        if (bytes.remaining() == 0) {
            return false;
        }
        int at = bytes.require(4);
        long signature = LittleEndian.u32(bytes.buffer(), at);
        if (signature == ZipCentralHeader.SIGNATURE) {
            return true;
        }
        if (signature != DIGITAL_SIGNATURE) {
            throw ZipEndRecord.malformed("Cannot read the central directory: no header where the next one must start")
                    .expected(String.format("%08x", ZipCentralHeader.SIGNATURE))
                    .actual(String.format("%08x", signature));
        }
        at = bytes.require(6);
        bytes.skip(6, LittleEndian.u16(bytes.buffer(), at + 4));
        if (bytes.remaining() > 0) {
            throw ZipEndRecord.malformed("Cannot read the central directory: bytes follow its digital signature")
                    .actual(bytes.remaining() + " bytes");
        }
        return false;
    }

    private void skipEntry() throws IOException {
        int at = bytes.require(ZipCentralHeader.FIXED_BYTES);
        byte[] header = bytes.buffer();
        int variable = LittleEndian.u16(header, at + 28) + LittleEndian.u16(header, at + 30);
        int comment = LittleEndian.u16(header, at + 32);
        bytes.require(ZipCentralHeader.FIXED_BYTES + variable);
        bytes.skip(ZipCentralHeader.FIXED_BYTES + variable, comment);
    }

    private ArchiveEntry readEntry(int index) throws IOException {
        int at = bytes.require(ZipCentralHeader.FIXED_BYTES);
        byte[] header = bytes.buffer();
        int nameLength = LittleEndian.u16(header, at + 28);
        int extraLength = LittleEndian.u16(header, at + 30);
        int comment = LittleEndian.u16(header, at + 32);
        int length = ZipCentralHeader.FIXED_BYTES + nameLength + extraLength;
        at = bytes.require(length);
        int nameAt = at + ZipCentralHeader.FIXED_BYTES;
        byte[] rawName = Arrays.copyOfRange(header, nameAt, nameAt + nameLength);
        ZipExtraField extra = new ZipExtraField(Arrays.copyOfRange(header, nameAt + nameLength, at + length));
        String name = EntryNames.decode(rawName, LittleEndian.u16(header, at + 8), extra);
        ArchiveEntry entry;
        try {
            entry = new ArchiveEntry(index, name, parseHeader(header, at, rawName, extra.zip64()));
        } catch (ZipmapException e) {
            throw e.entry(name);
        }
        bytes.skip(length, comment);
        return entry;
    }

    private ZipCentralHeader parseHeader(byte[] bytes, int at, byte[] rawName, Zip64ExtraField zip64)
            throws ZipmapException {
        // In this order, because it is the order of the zip64 values.
        long size = zip64.resolve(LittleEndian.u32(bytes, at + 24), "size");
        long compressedSize = zip64.resolve(LittleEndian.u32(bytes, at + 20), "compressed size");
        long offset = zip64.resolve(LittleEndian.u32(bytes, at + 42), "offset");
        long disk = zip64.resolveDisk(LittleEndian.u16(bytes, at + 34));
        if (disk != 0) {
            throw new ZipmapException(
                            Condition.ARCHIVE_SPANNED, "Unsupported archive: an entry on another disk: " + disk)
                    .expected("disk 0");
        }
        if (offset > Long.MAX_VALUE - end.shift()) {
            throw ZipEndRecord.malformed("Invalid offset of an entry: " + offset);
        }
        return new ZipCentralHeader(
                LittleEndian.u16(bytes, at + 4),
                LittleEndian.u16(bytes, at + 8),
                LittleEndian.u16(bytes, at + 10),
                LittleEndian.u32(bytes, at + 16),
                compressedSize,
                size,
                offset + end.shift(),
                LittleEndian.u32(bytes, at + 38),
                rawName.length,
                EntryNames.slashedCrc32(rawName),
                rawName.length == 0 ? 0 : rawName[rawName.length - 1]);
    }
}
