package io.zipmap.archive;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.zipmap.archive.ZipBytes.Entry;
import io.zipmap.archive.ZipBytes.Out;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Creates entries of every compression method with the encoders of the libraries. */
final class EncodedEntries {
    static final int[] METHODS = {0, 8, 9, 12, 14, 20, 93, 95};

    private EncodedEntries() {}

    static Entry entry(String name, byte[] content, int method) throws IOException {
        Entry entry = Entry.of(name, content, 0);
        entry.method = entry.localMethod = method;
        entry.flags = entry.localFlags = method == 14 ? 1 << 1 : 0;
        return with(entry, encode(content, method));
    }

    static Entry with(Entry entry, byte[] data) {
        entry.data = data;
        entry.compressed = entry.localCompressed = data.length;
        return entry;
    }

    private static byte[] encode(byte[] content, int method) throws IOException {
        switch (method) {
            case 0:
                return content;
            case 8:
                return ZipBytes.deflate(content);
            case 9:
                return deflate64(content);
            case 12:
                return through(content, BZip2CompressorOutputStream::new);
            case 14:
                return lzma(content, 1 << 16, true);
            case 95:
                return through(content, out -> new XZOutputStream(out, options(1 << 16)));
            default:
                return through(content, out -> new ZstdOutputStreamNoFinalizer(out).setChecksum(true));
        }
    }

    /**
     * Encodes with deflate without matches. Such a stream is also a valid deflate64 stream, because the two differ only
     * in matches.
     */
    private static byte[] deflate64(byte[] content) {
        Deflater deflater = new Deflater(6, true);
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[content.length * 2 + 64];
        int n = 0;
        while (!deflater.finished()) {
            n += deflater.deflate(out, n, out.length - n);
        }
        deflater.end();
        return Arrays.copyOf(out, n);
    }

    /** An LZMA stream with the header of APPNOTE 5.8.8. */
    static byte[] lzma(byte[] content, int window, boolean marker) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        byte properties;
        try (LZMAOutputStream out = new LZMAOutputStream(stream, options(window), marker)) {
            out.write(content);
            properties = (byte) out.getProps();
        }
        return new Out()
                .u16(0x0409)
                .u16(5)
                .bytes(new byte[] {properties})
                .u32(window)
                .bytes(stream.toByteArray())
                .done();
    }

    private static LZMA2Options options(int window) throws IOException {
        LZMA2Options options = new LZMA2Options(0);
        options.setDictSize(window);
        return options;
    }

    private static byte[] through(byte[] content, Encoder encoder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = encoder.open(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private interface Encoder {
        OutputStream open(OutputStream out) throws IOException;
    }
}
