package io.zipmap.store;

import io.zipmap.array.NpyHeader;
import io.zipmap.array.NpyInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads .npy headers, and parses none that has the same bytes as the one before. Archives of one origin have arrays of
 * one layout, and to parse the text of a header takes longer than to decode a small array. Thread-safe.
 */
public final class NpyHeaders {
    /** A longer header describes many fields; its array is larger than that. */
    private static final int MOST_BYTES = 1024;

    private volatile @Nullable Known last;

    private record Known(byte[] bytes, NpyHeader header) {}

    /**
     * Reads a header. May read more bytes of the entry than the header has.
     *
     * @param entryBytes the size of the entry that the header begins
     * @param maxChars as {@link NpyHeader#read(NpyInput, int)} takes it; the same for all headers
     */
    NpyHeader read(NpyInput in, long entryBytes, int maxChars) throws IOException {
        Known known = last;
        byte[] first = known == null || known.bytes.length > entryBytes ? new byte[0] : read(in, known.bytes.length);
        // A header states its own length, so these bytes are the whole of it.
        if (known != null && Arrays.equals(first, known.bytes)) {
            return known.header;
        }
        Parsed parsed = new Parsed(first, in);
        NpyHeader header = NpyHeader.read(parsed, maxChars);
        if (header.length() <= MOST_BYTES) {
            last = new Known(Arrays.copyOf(parsed.taken.toByteArray(), header.length()), header);
        }
        return header;
    }

    /** Fewer bytes if the entry ends before. */
    private static byte[] read(NpyInput in, int count) throws IOException {
        byte[] bytes = new byte[count];
        int have = 0;
        for (int n = 0; n >= 0 && have < count; n = in.read(bytes, have, count - have)) {
            have += n;
        }
        return Arrays.copyOf(bytes, have);
    }

    /** Returns bytes that were read before, then those that follow them. Keeps a copy of all it returns. */
    private static final class Parsed implements NpyInput {
        private final byte[] first;
        private final NpyInput rest;
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        Parsed(byte[] first, NpyInput rest) {
            this.first = first;
            this.rest = rest;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int from = taken.size();
            int n = Math.min(count, first.length - from);
            if (n > 0) {
                System.arraycopy(first, from, into, offset, n);
            } else {
                n = rest.read(into, offset, count);
            }
            taken.write(into, offset, Math.max(0, n));
            return n;
        }
    }
}
