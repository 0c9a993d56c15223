package io.zipmap.archive;

import io.zipmap.ZipmapException;
import java.io.IOException;

/** Jazzer target for the directory reader: any bytes give a list of entries or a named error. */
public final class DirectoryFuzz {
    private DirectoryFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        try (Archive archive = FuzzBounds.open(bytes)) {
            for (ArchiveEntry entry : archive.entries()) {
                FuzzBounds.require(entry.size() >= 0 && entry.compressedSize() >= 0, entry);
                locate(archive, entry);
            }
        } catch (ZipmapException e) {
            FuzzBounds.require(!e.getMessage().isEmpty(), e);
        }
    }

    private static void locate(Archive archive, ArchiveEntry entry) throws IOException {
        try {
            long offset = archive.dataOffset(entry);
            FuzzBounds.require(
                    offset >= 0
                            && offset + entry.compressedSize() <= archive.ref().length(),
                    entry);
        } catch (ZipmapException e) {
            FuzzBounds.require(e.archive() != null, e);
        }
    }
}
