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
 * How each library's decoder is opened. A stream claims its window, the bytes that it may refer back to, and the
 * decoder allocates as much: never more than the entry has bytes, and only what {@link DecoderMemory} has left. bzip2
 * has one of fixed size; the 64 KiB of deflate64 are not counted.
 */
final class DecoderStreams {
    private static final int WINDOW_BITS = 27;

    /** What zstd takes at most by itself, and twice the window of {@code xz -9}. */
    static final long MAX_WINDOW_BYTES = 1L << WINDOW_BITS;

    /** The window of xz, and its tables and filters. */
    private static final int XZ_MEMORY_KIB = (int) (MAX_WINDOW_BYTES >>> 10) + (1 << 10);

    /** The largest window, and the tables of lzma with the largest properties. */
    static final long MAX_DECODER_BYTES = MAX_WINDOW_BYTES + (16 << 20);

    /** A block of 900 000 bytes, and four bytes more for each of them. */
    private static final long BZIP2_BYTES = 5 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    /** APPNOTE 5.8.8: version, length of the properties, and the properties: one byte and the window. */
    private static final int LZMA_HEADER_BYTES = 9;

    private static final int LZMA_PROPERTIES_BYTES = 5;

    private DecoderStreams() {}

    static InputStream deflate64(InputStream in, ArchiveEntry entry, DecoderMemory.Held memory) {
        return new Deflate64CompressorInputStream(buffered(in, entry));
    }

    /** Takes streams one behind the other for one, as parallel compressors write them. */
    static InputStream bzip2(InputStream in, ArchiveEntry entry, DecoderMemory.Held memory) throws IOException {
        memory.atLeast(BZIP2_BYTES);
        return new BZip2CompressorInputStream(buffered(in, entry), true);
    }

    static InputStream zstd(InputStream in, ArchiveEntry entry, DecoderMemory.Held memory) throws IOException {
        return new ZstdInputStreamNoFinalizer(new ZstdHeaderStream(buffered(in, entry), entry.size(), memory))
                .setLongMax(WINDOW_BITS);
    }

    static InputStream xz(InputStream in, ArchiveEntry entry, DecoderMemory.Held memory) throws IOException {
        return new XZInputStream(new XzHeaderStream(buffered(in, entry), entry.size(), memory), XZ_MEMORY_KIB);
    }

    static InputStream lzma(InputStream in, ArchiveEntry entry, DecoderMemory.Held memory) throws IOException {
        byte[] header = in.readNBytes(LZMA_HEADER_BYTES);
        if (header.length < LZMA_HEADER_BYTES) {
            throw new EOFException();
        }
        int properties = LittleEndian.u16(header, 2);
        if (properties != LZMA_PROPERTIES_BYTES) {
            throw new CorruptedInputException("Properties of " + properties + " bytes");
        }
        // No stream refers back past its start, so a larger window than the entry is never used.
        long window = Math.min(LittleEndian.u32(header, 5), entry.size());
        if (window > MAX_WINDOW_BYTES) {
            throw windowTooLarge(window + " bytes");
        }
        memory.atLeast((long) LZMAInputStream.getMemoryUsage((int) window, header[4]) << 10);
        long size = entry.header().endsWithMarker() ? -1 : entry.size();
        LZMAInputStream lzma = new LZMAInputStream(buffered(in, entry), size, header[4], (int) window);
        // Some writers end the stream with a marker without the flag for it.
        lzma.enableRelaxedEndCondition();
        return lzma;
    }

    private static InputStream buffered(InputStream in, ArchiveEntry entry) {
        return new BufferedInputStream(in, (int) Math.max(1, Math.min(BUFFER_BYTES, entry.compressedSize())));
    }

    static ZipmapException windowTooLarge(String actual) {
        return new ZipmapException(Condition.LIMIT_WINDOW_BYTES, "Cannot decode an entry that claims so large a window")
                .expected("at most " + MAX_WINDOW_BYTES + " bytes")
                .actual(actual)
                .advice("Compress it again with a smaller window, or store it.");
    }
}
