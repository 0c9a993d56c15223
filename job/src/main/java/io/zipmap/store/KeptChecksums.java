package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.scratch.FileChecksum;
import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The checksums of kept files of which the archive has none, as of a bare array of a remote file system: each in a file
 * beside it, by the process that wrote both. Other processes hold the file to it.
 */
final class KeptChecksums {
    private final Scratch scratch;

    KeptChecksums(Scratch scratch) {
        this.scratch = scratch;
    }

    /**
     * Notes the checksum of a file that this process has just made. Without room for it, others make the file again.
     */
    void put(Path file) throws IOException {
        FileExpectation content = content(file);
        ByteBuffer sum = ByteBuffer.allocate(Long.BYTES)
                .putLong(FileChecksum.crc32(file))
                .flip();
        try {
            scratch.obtain(content, out -> out.write(ZoneFile.of(content.name(), sum)))
                    .close();
        } catch (ZipmapException e) {
            if (e.condition() != Condition.SCRATCH_FULL && e.condition() != Condition.SCRATCH_UNUSABLE) {
                throw e;
            }
        }
    }

    /** Whether the file is as it was written; false when nobody has noted that. Reads all of it. */
    boolean isRight(Path file) throws IOException {
        ScratchFile found = scratch.find(content(file));
        if (found == null) {
            return false;
        }
        try (found) {
            ByteBuffer sum = ZoneFile.read(found.path());
            return sum != null && sum.getLong() == FileChecksum.crc32(file);
        }
    }

    private static FileExpectation content(Path file) {
        String name = ArrayFileName.ofSum(file.getFileName().toString());
        return FileExpectation.optional(name, ZoneFile.bytes(Long.BYTES), sum -> ZoneFile.read(sum) != null);
    }
}
