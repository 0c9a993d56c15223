package io.zipmap.archive;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Adapts {@link CompressedBytes} to an {@link InputStream} for decoder libraries. Records whether the archive failed or
 * the bytes ran out, because the libraries' exceptions do not distinguish these.
 */
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

    /** The exception of the archive's source, if reading it failed. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Whether the decoder asked for more bytes than the entry has. */
    boolean exhausted() {
        return exhausted;
    }
}
