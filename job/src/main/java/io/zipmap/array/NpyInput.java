package io.zipmap.array;

import java.io.IOException;

/**
 * Source of the bytes of a .npy header: any method with the signature of {@link java.io.InputStream#read(byte[], int,
 * int)}.
 */
@FunctionalInterface
public interface NpyInput {
    /** @return number of bytes read, at least 1 if {@code count} is; -1 at the end */
    int read(byte[] into, int offset, int count) throws IOException;
}
