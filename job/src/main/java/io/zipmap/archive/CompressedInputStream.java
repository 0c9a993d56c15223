package io.zipmap.archive;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An entry's bytes as libraries want them. Remembers how reading ended, which their exceptions do not tell apart. */
final class CompressedInputStream extends InputStream {
    private final CompressedBytes in;
    private @Nullable IOException failure;
    private boolean exhausted;

    CompressedInputStream(CompressedBytes in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        try {
            int n = in.read(into, offset, count);
            exhausted |= n < 0;
            return n;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** What the archive itself failed with, if it did. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Whether more was asked for than the entry has. */
    boolean exhausted() {
        return exhausted;
    }
}
