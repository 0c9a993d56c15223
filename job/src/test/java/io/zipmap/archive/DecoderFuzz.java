package io.zipmap.archive;

import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Jazzer target for the decoders. The first byte chooses the method, and the others are the compressed data of an entry
 * that declares more bytes than they contain. Decoding must end with a named error and within the limits. The native
 * inflater must decode to the same bytes as the JDK's. An input that is a whole archive is read as one.
 */
public final class DecoderFuzz {
    private static final int DECLARED = 1 << 18;

    private DecoderFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        if (bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K') {
            archive(bytes);
        } else if (bytes.length > 0) {
            stream(bytes);
        }
    }

    private static void archive(byte[] bytes) throws IOException {
        try (Archive archive = FuzzBounds.open(bytes)) {
            for (ArchiveEntry entry : archive.entries()) {
                read(archive, entry);
            }
        } catch (ZipmapException e) {
            FuzzBounds.require(e.archive() != null, e);
        }
    }

    private static void read(Archive archive, ArchiveEntry entry) throws IOException {
        try (EntryReader reader = archive.read(entry)) {
            CRC32 crc = new CRC32();
            byte[] buffer = new byte[4096];
            long given = 0;
            for (int n = reader.read(buffer, 0, buffer.length); n >= 0; n = reader.read(buffer, 0, buffer.length)) {
                FuzzBounds.require(n > 0, entry);
                given += n;
                crc.update(buffer, 0, n);
                FuzzBounds.require(given <= entry.size(), entry);
            }
            FuzzBounds.require(
                    given == entry.size() && crc.getValue() == entry.crc32().orElse(-1), entry);
        } catch (ZipmapException e) {
            FuzzBounds.require(e.entry() != null, e);
        }
    }

    private static void stream(byte[] bytes) throws IOException {
        int method = EncodedEntries.METHODS[(bytes[0] & 0x7F) % EncodedEntries.METHODS.length];
        int flags = (bytes[0] & 0x80) == 0 ? 0 : 1 << 1;
        ZipCentralHeader header = new ZipCentralHeader(20, flags, method, 0, bytes.length - 1, DECLARED, 0, 0, 1, 0, 0);
        ArchiveEntry entry = new ArchiveEntry(0, "x", header);
        byte[] decoded = decode(bytes, entry, InflaterKind.JDK);
        if (method == CompressionMethods.DEFLATE) {
            byte[] alike = decode(bytes, entry, InflaterKind.NATIVE);
            FuzzBounds.require(decoded.length == 0 || Arrays.equals(decoded, alike), entry);
        }
    }

    /** The decoded bytes, up to the declared size; empty if the stream is damaged. */
    private static byte[] decode(byte[] bytes, ArchiveEntry entry, InflaterKind inflater) throws IOException {
        CompressedBytes in =
                new CompressedBytes(new MemoryByteSource(bytes, bytes.length, 1 << 16), 1, bytes.length - 1);
        try (Decoder decoder =
                CompressionMethods.decoder(entry.method(), inflater).open(in, entry)) {
            byte[] all = new byte[DECLARED];
            int given = 0;
            while (given < DECLARED) {
                int n = decoder.read(all, given, Math.min(4096, DECLARED - given));
                FuzzBounds.require(n != 0, entry);
                if (n < 0) {
                    break;
                }
                given += n;
            }
            return Arrays.copyOf(all, given);
        } catch (ZipmapException e) {
            FuzzBounds.require(!e.getMessage().isEmpty(), e);
            return new byte[0];
        }
    }
}
