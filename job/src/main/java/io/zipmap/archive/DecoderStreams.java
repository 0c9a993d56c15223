package io.zipmap.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.tukaani.xz.CorruptedInputException;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Opens the decoding stream of each compression method that a library implements. A compressed stream declares its
 * window, the history that it may refer back to, and the library allocates that much. The window is therefore limited
 * to the size of the entry and reserved from {@link DecoderMemory} first. bzip2 reserves a fixed size; the 64 KiB of
 * deflate64 are not counted.
 */
final class DecoderStreams {
    private static final int WINDOW_BITS = 27;

    /** Largest window: zstd's own default limit, and twice the window of {@code xz -9}. */
    static final long MAX_WINDOW_BYTES = 1L << WINDOW_BITS;

    /** Memory limit of the xz library: the window, tables and filters. */
    private static final int XZ_MEMORY_KIB = (int) (MAX_WINDOW_BYTES >>> 10) + (1 << 10);

    /** Largest memory of one decoder: the window, and the tables of lzma with the largest properties. */
    static final long MAX_DECODER_BYTES = MAX_WINDOW_BYTES + (16 << 20);

    /** A block of 900 000 bytes, and four more bytes for each of them. */
    private static final long BZIP2_BYTES = 5 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    /** APPNOTE 5.8.8: version, length of the properties, and the properties: one byte and the window. */
    private static final int LZMA_HEADER_BYTES = 9;

    private static final int LZMA_PROPERTIES_BYTES = 5;

    private DecoderStreams() {}

    static InputStream deflate64(InputStream in, ArchiveEntry entry, DecoderMemory.Reservation memory) {
        return new Deflate64CompressorInputStream(buffered(in, entry));
    }

    /** Reads concatenated streams as one, because parallel compressors write them. */
    static InputStream bzip2(InputStream in, ArchiveEntry entry, DecoderMemory.Reservation memory) throws IOException {
        memory.reserve(BZIP2_BYTES);
        return new BZip2CompressorInputStream(buffered(in, entry), true);
    }

    static InputStream zstd(InputStream in, ArchiveEntry entry, DecoderMemory.Reservation memory) throws IOException {
        return new ZstdInputStreamNoFinalizer(new ZstdHeaderStream(buffered(in, entry), entry.size(), memory))
                .setLongMax(WINDOW_BITS);
    }

    static InputStream xz(InputStream in, ArchiveEntry entry, DecoderMemory.Reservation memory) throws IOException {
        return new XZInputStream(new XzHeaderStream(buffered(in, entry), entry.size(), memory), XZ_MEMORY_KIB);
    }

    static InputStream lzma(InputStream in, ArchiveEntry entry, DecoderMemory.Reservation memory) throws IOException {
        byte[] header = in.readNBytes(LZMA_HEADER_BYTES);
        if (header.length < LZMA_HEADER_BYTES) {
            throw new EOFException();
        }
        int properties = LittleEndian.u16(header, 2);
        if (properties != LZMA_PROPERTIES_BYTES) {
            throw new CorruptedInputException("Properties of " + properties + " bytes");
        }
        // No stream refers back past its start, so a window larger than the entry is never used.
        long window = Math.min(LittleEndian.u32(header, 5), entry.size());
        if (window > MAX_WINDOW_BYTES) {
            throw windowTooLarge(window + " bytes");
        }
        memory.reserve((long) LZMAInputStream.getMemoryUsage((int) window, header[4]) << 10);
        long size = entry.header().endsWithMarker() ? -1 : entry.size();
        LZMAInputStream lzma = new LZMAInputStream(buffered(in, entry), size, header[4], (int) window);
        // Some writers end the stream with a marker but do not set the flag for it.
        lzma.enableRelaxedEndCondition();
        return lzma;
    }

    private static InputStream buffered(InputStream in, ArchiveEntry entry) {
        return new BufferedInputStream(in, (int) Math.max(1, Math.min(BUFFER_BYTES, entry.compressedSize())));
    }

    static ZipmapException windowTooLarge(String actual) {
        return new ZipmapException(Condition.LIMIT_WINDOW_BYTES, "Cannot decode an entry with a window above the limit")
                .expected("at most " + MAX_WINDOW_BYTES + " bytes")
                .actual(actual)
                .advice("Compress it again with a smaller window, or store it.");
    }
}
