package io.zipmap.scratch;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Writes the content of one scratch file. If a disk fails, another call writes the same bytes to another disk. */
@FunctionalInterface
public interface ContentWriter {
    /**
     * Writes the whole content, from its first byte.
     *
     * @param out accepts exactly the expected number of bytes; the caller of this method closes it. An exception that
     *     it throws must be passed on: it tells that the disk failed
     * @throws IOException if the content cannot be read from its source
     */
    void write(WritableByteChannel out) throws IOException;
}
