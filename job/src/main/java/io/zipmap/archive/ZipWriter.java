package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rewrites an archive as a zip file whose entries can be mapped in place: stored, and aligned to 64 bytes with the
 * padding field of Android's zipalign. Names, order and content are kept; folders, comments, times and other extra
 * fields are dropped. Output is deterministic.
 */
public final class ZipWriter {
    /** Alignment of entries in bytes. numpy pads headers to the same, so elements are aligned as well. */
    static final int ALIGNMENT = 64;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int VERSION = 20;
    private static final int VERSION_OF_ZIP64 = 45;
    private static final int UTF8_FLAG = 1 << 11;
    private static final int ZIP64_FIELD = 1;
    private static final int ALIGNMENT_FIELD = 0xD935;
    private static final int MIN_PADDING = 6;

    /** 1980-01-01, the earliest date of the zip format. */
    private static final int DATE = 1 << 5 | 1;

    private final Archive archive;
    private final LittleEndianOutput out;

    private ZipWriter(Archive archive, OutputStream out) {
        this.archive = archive;
        this.out = new LittleEndianOutput(out);
    }

    /** Whether every entry of the archive is already stored and aligned. */
    public static boolean isAligned(Archive archive) throws IOException {
        for (ArchiveEntry entry : archive.entries()) {
            if (!entry.isStored() || archive.dataOffset(entry) % ALIGNMENT != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes all entries; each is verified while it is copied. Does not close the stream.
     *
     * @return number of bytes written
     * @throws ZipmapException as {@link EntryReader#read} does; the output is then incomplete
     */
    public static long write(Archive archive, OutputStream out) throws IOException {
        return new ZipWriter(archive, out).write();
    }

    private long write() throws IOException {
        List<ArchiveEntry> entries = archive.entries();
        long[] offsets = new long[entries.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = out.position();
            copy(entries.get(i));
        }
        long directory = out.position();
        for (int i = 0; i < offsets.length; i++) {
            writeCentralHeader(entries.get(i), offsets[i]);
        }
        writeEndRecords(offsets.length, directory, out.position() - directory);
        return out.position();
    }

    private void copy(ArchiveEntry entry) throws IOException {
        try (EntryReader reader = archive.read(entry)) {
            writeLocalHeader(entry);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = reader.read(buffer, 0, buffer.length); n >= 0; n = reader.read(buffer, 0, buffer.length)) {
                out.bytes(buffer, n);
            }
        }
    }

    private static boolean needsZip64(ArchiveEntry entry) {
        return entry.size() >= Zip64ExtraField.ALL_ONES;
    }

    private void writeLocalHeader(ArchiveEntry entry) throws IOException {
        byte[] name = name(entry);
        int zip64 = needsZip64(entry) ? 20 : 0;
        long data = out.position() + ZipLocalHeader.FIXED_BYTES + name.length + zip64;
        int padding = (int) (-data & ALIGNMENT - 1);
        padding += padding < MIN_PADDING ? ALIGNMENT : 0;
        out.u32(ZipLocalHeader.SIGNATURE);
        commonFields(entry, needsZip64(entry), name, zip64 + padding);
        out.bytes(name, name.length);
        if (zip64 > 0) {
            out.u16(ZIP64_FIELD).u16(16).i64(entry.size()).i64(entry.size());
        }
        out.u16(ALIGNMENT_FIELD).u16(padding - 4).u16(ALIGNMENT).zeros(padding - MIN_PADDING);
    }

    /** Writes the fields that both headers share, from the version to the lengths. */
    private void commonFields(ArchiveEntry entry, boolean zip64, byte[] name, int extra) throws IOException {
        out.u16(zip64 ? VERSION_OF_ZIP64 : VERSION).u16(UTF8_FLAG).u16(CompressionMethods.STORED);
        out.u16(0).u16(DATE).u32(entry.crc32().orElse(0));
        long size = needsZip64(entry) ? Zip64ExtraField.ALL_ONES : entry.size();
        out.u32(size).u32(size).u16(name.length).u16(extra);
    }

    private void writeCentralHeader(ArchiveEntry entry, long offset) throws IOException {
        byte[] name = name(entry);
        boolean far = offset >= Zip64ExtraField.ALL_ONES;
        int numbers = (needsZip64(entry) ? 16 : 0) + (far ? 8 : 0);
        out.u32(ZipCentralHeader.SIGNATURE).u16(VERSION_OF_ZIP64);
        commonFields(entry, numbers > 0, name, numbers == 0 ? 0 : numbers + 4);
        out.u16(0).u16(0).u16(0).u32(0).u32(far ? Zip64ExtraField.ALL_ONES : offset);
        out.bytes(name, name.length);
        if (numbers > 0) {
            out.u16(ZIP64_FIELD).u16(numbers);
            if (needsZip64(entry)) {
                out.i64(entry.size()).i64(entry.size());
            }
            if (far) {
                out.i64(offset);
            }
        }
    }

    private void writeEndRecords(int count, long directory, long size) throws IOException {
        boolean zip64 = count >= Zip64ExtraField.ALL_ONES_SHORT
                || directory >= Zip64ExtraField.ALL_ONES
                || size >= Zip64ExtraField.ALL_ONES;
        if (zip64) {
            long record = out.position();
            out.u32(Zip64EndRecord.SIGNATURE).i64(Zip64EndRecord.FIXED_BYTES - 12);
            out.u16(VERSION_OF_ZIP64).u16(VERSION_OF_ZIP64).u32(0).u32(0);
            out.i64(count).i64(count).i64(size).i64(directory);
            out.u32(Zip64EndRecord.LOCATOR_SIGNATURE).u32(0).i64(record).u32(1);
        }
        int shortCount = zip64 ? Zip64ExtraField.ALL_ONES_SHORT : count;
        out.u32(ZipEndRecord.SIGNATURE).u16(0).u16(0).u16(shortCount).u16(shortCount);
        out.u32(zip64 ? Zip64ExtraField.ALL_ONES : size)
                .u32(zip64 ? Zip64ExtraField.ALL_ONES : directory)
                .u16(0);
        out.flush();
    }

    private byte[] name(ArchiveEntry entry) throws ZipmapException {
        String name = entry.name();
        byte[] bytes = name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
        if (name == null || bytes.length > Zip64ExtraField.ALL_ONES_SHORT) {
            throw new ZipmapException(Condition.ENTRY_NAME_INVALID, "Cannot write the name of an entry")
                    .archive(archive.ref().uri())
                    .entry(name)
                    .expected("at most " + Zip64ExtraField.ALL_ONES_SHORT + " bytes in UTF-8")
                    .actual(bytes.length + " bytes");
        }
        return bytes;
    }
}
