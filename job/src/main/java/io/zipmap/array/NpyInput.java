package io.zipmap.array;

import java.io.IOException;

/** Where a .npy header is pulled from: any reader with the read method of an input stream will do. */
@FunctionalInterface
public interface NpyInput {
    /** @return how many bytes were read, at least 1 when {@code count} is; or -1 at the end */
    int read(byte[] into, int offset, int count) throws IOException;
}
