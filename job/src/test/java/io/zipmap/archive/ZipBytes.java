package io.zipmap.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip files byte by byte by APPNOTE.TXT. Every field can be set to a wrong value. */
final class ZipBytes {
    static final long ONES = 0xFFFFFFFFL;

    /** One entry. {@link #of} computes the right fields; a test may change them before writing. */
    static final class Entry {
        byte[] name;
        byte[] localName;
        byte[] data;
        int madeBy = 20;
        int flags;
        int localFlags;
        int method;
        int localMethod;
        long crc;
        long compressed;
        long size;
        long localCompressed;
        long localSize;
        long localCrc;
        int disk;
        long attributes;
        byte[] extra = {};
        byte[] localExtra = {};
        byte[] comment = {};
        byte[] descriptor = {};
        /** Added to the true offset of the local header. */
        long offsetBy;

        /** Written to the directory instead of the offset. */
        Long offset;

        static Entry of(String name, byte[] content, int method) {
            Entry entry = new Entry();
            entry.name = name.getBytes(StandardCharsets.UTF_8);
            entry.localName = entry.name;
            entry.method = method;
            entry.localMethod = method;
            entry.data = method == 8 ? deflate(content) : content;
            entry.crc = crc32(content);
            entry.size = content.length;
            entry.compressed = entry.data.length;
            entry.localCrc = entry.crc;
            entry.localSize = entry.size;
            entry.localCompressed = entry.compressed;
            return entry;
        }
    }

    final List<Entry> entries = new ArrayList<>();
    byte[] prefix = {};
    byte[] comment = {};
    byte[] trailing = {};
    byte[] afterDirectory = {};
    boolean zip64;
    int commentLengthBy;
    int countBy;
    int countHereBy;
    int disk;
    long sizeBy;
    long offsetBy;
    long locatorBy;
    int zip64Needs = 45;

    static ZipBytes of(Entry... entries) {
        ZipBytes zip = new ZipBytes();
        zip.entries.addAll(List.of(entries));
        return zip;
    }

    static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[content.length * 2 + 64];
        int n = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, n);
    }

    static long crc32(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    /** An extra field block. */
    static byte[] extra(int id, byte[] data) {
        return new Out().u16(id).u16(data.length).bytes(data).done();
    }

    static byte[] longs(long... numbers) {
        Out out = new Out();
        for (long number : numbers) {
            out.i64(number);
        }
        return out.done();
    }

    byte[] build() {
        Out out = new Out().bytes(prefix);
        List<Long> offsets = new ArrayList<>();
        for (Entry e : entries) {
            offsets.add((long) out.size() - prefix.length);
            out.u32(0x04034b50).u16(20).u16(e.localFlags).u16(e.localMethod).u32(0);
            out.u32(e.localCrc).u32(e.localCompressed).u32(e.localSize);
            out.u16(e.localName.length)
                    .u16(e.localExtra.length)
                    .bytes(e.localName)
                    .bytes(e.localExtra);
            out.bytes(e.data).bytes(e.descriptor);
        }
        long start = out.size();
        for (int i = 0; i < entries.size(); i++) {
            Entry e = entries.get(i);
            out.u32(0x02014b50).u16(e.madeBy).u16(20).u16(e.flags).u16(e.method).u32(0);
            out.u32(e.crc).u32(e.compressed).u32(e.size);
            out.u16(e.name.length)
                    .u16(e.extra.length)
                    .u16(e.comment.length)
                    .u16(e.disk)
                    .u16(0)
                    .u32(e.attributes);
            out.u32(e.offset != null ? e.offset : offsets.get(i) + e.offsetBy);
            out.bytes(e.name).bytes(e.extra).bytes(e.comment);
        }
        long size = out.size() - start + sizeBy;
        long offset = start - prefix.length + offsetBy;
        int count = entries.size() + countBy;
        out.bytes(afterDirectory);
        if (zip64) {
            long record = out.size();
            out.u32(0x06064b50).i64(44).u16(45).u16(zip64Needs).u32(disk).u32(disk);
            out.i64(count + countHereBy).i64(count).i64(size).i64(offset);
            out.u32(0x07064b50).u32(0).i64(record + locatorBy - prefix.length).u32(1);
        }
        out.u32(0x06054b50).u16(disk).u16(disk);
        out.u16(zip64 ? 0xFFFF : count + countHereBy).u16(zip64 ? 0xFFFF : count);
        out.u32(zip64 ? ONES : size).u32(zip64 ? ONES : offset);
        return out.u16(comment.length + commentLengthBy)
                .bytes(comment)
                .bytes(trailing)
                .done();
    }

    /** Little-endian output. */
    static final class Out {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Out u16(long n) {
            return number(n, 2);
        }

        Out u32(long n) {
            return number(n, 4);
        }

        Out i64(long n) {
            return number(n, 8);
        }

        private Out number(long n, int width) {
            for (int i = 0; i < width; i++) {
                bytes.write((int) (n >>> 8 * i));
            }
            return this;
        }

        Out bytes(byte[] more) {
            bytes.writeBytes(more);
            return this;
        }

        int size() {
            return bytes.size();
        }

        byte[] done() {
            return bytes.toByteArray();
        }
    }
}
