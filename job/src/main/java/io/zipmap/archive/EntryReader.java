package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Sequential reader of one entry's decoded bytes. It never returns more bytes than the directory declares. It reports
 * the end only after size and CRC-32 match the directory, so do not trust the bytes before that. Not thread-safe. Close
 * the reader before its archive; closing frees the decoder's memory.
 */
public final class EntryReader implements Closeable {
    private static final int SPARE_BYTES = 1 << 16;

    private final String archive;
    private final ArchiveEntry entry;
    private final CompressedBytes in;
    private final Decoder decoder;
    private final CRC32 crc = new CRC32();
    private long decodedBytes;
    private boolean verified;

    EntryReader(String archive, ArchiveEntry entry, CompressedBytes in, Decoder decoder) {
        this.archive = archive;
        this.entry = entry;
        this.in = in;
        this.decoder = decoder;
    }

    /**
     * Reads up to {@code count} decoded bytes.
     *
     * @return number of bytes read, at least 1 if {@code count} is; -1 at the end, once size and CRC-32 are verified
     * @throws ZipmapException {@code ENTRY_TRUNCATED}, {@code DATA_CORRUPT}, {@code SIZE_MISMATCH},
     *     {@code CRC_MISMATCH}
     * @throws IOException if the archive cannot be read
     */
    public int read(byte[] into, int offset, int count) throws IOException {
        try {
            return decodedBytes < entry.size() ? decode(into, offset, count) : finish();
        } catch (ZipmapException e) {
            throw e.archive(archive).entry(entry.name());
        }
    }

    private int decode(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int n = decoder.read(into, offset, (int) Math.min(count, entry.size() - decodedBytes));
        if (n < 0) {
            throw tooShort();
        }
        crc.update(into, offset, n);
        decodedBytes += n;
        return n;
    }

    /**
     * Writes all bytes that were not read yet, in blocks that the decoder hands over without a copy.
     *
     * @throws ZipmapException as {@link #read} does; size and CRC-32 are verified when this returns
     * @throws IOException also if {@code out} fails
     */
    public void transferTo(WritableByteChannel out) throws IOException {
        byte[] spare = new byte[(int) Math.max(1, Math.min(SPARE_BYTES, entry.size() - decodedBytes))];
        for (ByteBuffer block = next(spare); block != null; block = next(spare)) {
            while (block.hasRemaining()) {
                out.write(block);
            }
        }
    }

    private @Nullable ByteBuffer next(byte[] spare) throws IOException {
        try {
            if (decodedBytes == entry.size()) {
                finish();
                return null;
            }
            ByteBuffer block = decoder.next(spare, entry.size() - decodedBytes);
            if (block == null) {
                throw tooShort();
            }
            decodedBytes += block.remaining();
            crc.update(block.duplicate());
            return block;
        } catch (ZipmapException e) {
            throw e.archive(archive).entry(entry.name());
        }
    }

    private ZipmapException tooShort() {
        return new ZipmapException(Condition.SIZE_MISMATCH, "Cannot trust an entry: it has fewer bytes than declared")
                .expected(entry.size() + " bytes")
                .actual(decodedBytes + " bytes");
    }

    private int finish() throws IOException {
        if (verified) {
            return -1;
        }
        if (decoder.read(new byte[1], 0, 1) > 0) {
            throw new ZipmapException(Condition.SIZE_MISMATCH, "Cannot trust an entry: it has more bytes than declared")
                    .expected(entry.size() + " bytes")
                    .actual("at least " + (decodedBytes + 1) + " bytes");
        }
        long expected = entry.crc32().orElse(crc.getValue());
        if (expected != crc.getValue()) {
            throw new ZipmapException(Condition.CRC_MISMATCH, "Cannot trust an entry: its CRC-32 does not match")
                    .expected(String.format("CRC-32 %08x", expected))
                    .actual(String.format("CRC-32 %08x", crc.getValue()));
        }
        verified = true;
        return -1;
    }

    /** CRC-32 of the bytes returned so far. */
    long crc32() {
        return crc.getValue();
    }

    /** Compressed bytes read from the archive so far. */
    long compressedBytesRead() {
        return in.position();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
