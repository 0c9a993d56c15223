package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Closeable;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * The decoded bytes of one entry, read forward. Never gives more bytes than the directory declares, and says that they
 * have ended only when their number and their CRC-32 are those of the directory; until then, what was read is not to be
 * trusted. One thread at a time. The archive stays open as long as this is read.
 */
public final class EntryReader implements Closeable {
    private final String archive;
    private final ArchiveEntry entry;
    private final CompressedBytes in;
    private final Decoder decoder;
    private final CRC32 crc = new CRC32();
    private long given;
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
     * @return how many, at least 1 when {@code count} is; or -1 when the entry has ended, size and CRC-32 verified
     * @throws ZipmapException {@code ENTRY_TRUNCATED}, {@code DATA_CORRUPT}, {@code SIZE_MISMATCH},
     *     {@code CRC_MISMATCH}
     * @throws IOException when the archive cannot be read
     */
    public int read(byte[] into, int offset, int count) throws IOException {
        try {
            return given < entry.size() ? decode(into, offset, count) : finish();
        } catch (ZipmapException e) {
            throw e.archive(archive).entry(entry.name());
        }
    }

    private int decode(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int n = decoder.read(into, offset, (int) Math.min(count, entry.size() - given));
        if (n < 0) {
            throw new ZipmapException(
                            Condition.SIZE_MISMATCH, "Cannot trust an entry: it has fewer bytes than declared")
                    .expected(entry.size() + " bytes")
                    .actual(given + " bytes");
        }
        crc.update(into, offset, n);
        given += n;
        return n;
    }

    private int finish() throws IOException {
        if (verified) {
            return -1;
        }
        if (decoder.read(new byte[1], 0, 1) > 0) {
            throw new ZipmapException(Condition.SIZE_MISMATCH, "Cannot trust an entry: it has more bytes than declared")
                    .expected(entry.size() + " bytes")
                    .actual("at least " + (given + 1) + " bytes");
        }
        long expected = entry.crc32().orElse(crc.getValue());
        if (expected != crc.getValue()) {
            throw new ZipmapException(
                            Condition.CRC_MISMATCH, "Cannot trust an entry: its bytes are not those that were put in")
                    .expected(String.format("CRC-32 %08x", expected))
                    .actual(String.format("CRC-32 %08x", crc.getValue()));
        }
        verified = true;
        return -1;
    }

    /** CRC-32 of the bytes given so far. */
    public long crc32() {
        return crc.getValue();
    }

    /** Bytes taken from the archive so far. */
    public long compressedBytesRead() {
        return in.taken();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
