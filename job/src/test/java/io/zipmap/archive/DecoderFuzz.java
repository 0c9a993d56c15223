package io.zipmap.archive;

import io.zipmap.ZipmapException;
import java.io.IOException;
import java.util.zip.CRC32;

/**
 * Jazzer's way into the decoders. The first byte chooses the method; with the others as the compressed bytes, an entry is made
 * that declares more than they can give: they end in a named error, within bounds. A whole archive is decoded as it is.
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
        int method = Encoders.METHODS[(bytes[0] & 0x7F) % Encoders.METHODS.length];
        int flags = (bytes[0] & 0x80) == 0 ? 0 : 1 << 1;
        CentralHeader header = new CentralHeader(20, flags, method, 0, bytes.length - 1, DECLARED, 0, 0, 1, 0);
        ArchiveEntry entry = new ArchiveEntry(0, "x", header);
        CompressedBytes in = new CompressedBytes(new MemorySource(bytes, bytes.length, 1 << 16), 1, bytes.length - 1);
        try (Decoder decoder = Decoders.of(method).open(in, entry)) {
            byte[] buffer = new byte[4096];
            int given = 0;
            for (int n = decoder.read(buffer, 0, 4096); n >= 0 && given < DECLARED; n = decoder.read(buffer, 0, 4096)) {
                FuzzBounds.require(n > 0, entry);
                given += n;
            }
        } catch (ZipmapException e) {
            FuzzBounds.require(!e.getMessage().isEmpty(), e);
        }
    }
}
