package io.zipmap.scratch;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Writes the content of a scratch file. May be called again, from the start, when a disk fails under it. */
@FunctionalInterface
public interface FileWriter {
    /**
     * Writes it.
     *
     * @param out takes exactly the bytes that were announced; need not be closed. What it throws must be passed on
     * @throws IOException when the content cannot be had
     */
    void make(WritableByteChannel out) throws IOException;
}
