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
 * The checksums of extracted files whose archive has none, such as a bare array of a remote file system. Each is a
 * {@link CompanionFile}, written by the process that wrote the array. Other processes check the array with it.
 * Thread-safe.
 */
final class ChecksumFiles {
    private final Scratch scratch;

    ChecksumFiles(Scratch scratch) {
        this.scratch = scratch;
    }

    /**
     * Writes the checksum of a file that this process has just made. If scratch has no room for it, other processes
     * make the array's file again.
     */
    void write(Path file) throws IOException {
        FileExpectation content = expectation(file);
        ByteBuffer checksum = ByteBuffer.allocate(Long.BYTES)
                .putLong(FileChecksum.crc32(file))
                .flip();
        try {
            scratch.obtain(content, out -> out.write(CompanionFile.of(content.name(), checksum)))
                    .close();
        } catch (ZipmapException e) {
            if (e.condition() != Condition.SCRATCH_FULL && e.condition() != Condition.SCRATCH_UNUSABLE) {
                throw e;
            }
        }
    }

    /** Whether a file has the checksum that was written for it; false if none was. Reads the whole file. */
    boolean matches(Path file) throws IOException {
        ScratchFile found = scratch.find(expectation(file));
        if (found == null) {
            return false;
        }
        try (found) {
            ByteBuffer checksum = CompanionFile.read(found.path());
            return checksum != null && checksum.getLong() == FileChecksum.crc32(file);
        }
    }

    private static FileExpectation expectation(Path file) {
        String name = ArrayFileNames.ofChecksum(file.getFileName().toString());
        return FileExpectation.optional(
                name, CompanionFile.bytes(Long.BYTES), checksum -> CompanionFile.read(checksum) != null);
    }
}
