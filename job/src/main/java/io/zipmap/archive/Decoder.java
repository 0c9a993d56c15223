package io.zipmap.archive;

import io.zipmap.ZipmapException;
import java.io.Closeable;
import java.io.IOException;

/** Turns an entry's bytes into what was put in, a bounded piece at a time. One for each compression method. */
interface Decoder extends Closeable {
    /**
     * @param count at least 1
     * @return how many bytes were decoded, at least 1; or -1 when the stream has ended by its own rules
     * @throws ZipmapException {@code DATA_CORRUPT}, or {@code ENTRY_TRUNCATED} when the bytes end before the stream
     */
    int read(byte[] into, int offset, int count) throws IOException;

    @Override
    void close();

    /** Opens the decoder of one method. Fails only when this machine has not what it takes. */
    @FunctionalInterface
    interface Factory {
        Decoder open(CompressedBytes in, ArchiveEntry entry) throws ZipmapException;
    }
}
