package io.zipmap.scratch;

import java.io.IOException;
import java.nio.file.Path;

/** Decides from the bytes of a file whether they are the expected ones. */
@FunctionalInterface
public interface FileCheck {
    /** Reads the whole file, and returns whether its bytes are the expected ones. */
    boolean isIntact(Path file) throws IOException;

    /** Compares the CRC-32 of the file with {@code expected}. */
    static FileCheck crc32(long expected) {
        return file -> FileChecksum.crc32(file) == expected;
    }
}
