package io.zipmap.archive;

import com.sun.jna.Memory;
import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;

/**
 * Decodes method 8, raw deflate (RFC 1951), with {@link Isal} and two bounded buffers outside the heap. The library
 * gets no other memory, in particular no file mapping: a mapping of a truncated file would kill the process.
 */
final class IsalDecoder implements Decoder {
    private static final int IN_BYTES = 1 << 16;

    /** Large against the 32 KiB window, which the library copies once per output buffer. */
    private static final int OUT_BYTES = 1 << 18;

    /** More than the size of {@code struct inflate_state}; the offsets of its fields follow. */
    private static final int STATE_BYTES = 1 << 17;

    private static final int NEXT_OUT = 0;
    private static final int AVAIL_OUT = 8;
    private static final int NEXT_IN = 16;
    private static final int AVAIL_IN = 32;
    private static final int BLOCK_STATE = 21160;

    /** {@code ISAL_BLOCK_FINISH}. */
    private static final int FINISHED = 5;

    private final CompressedBytes in;
    private final byte[] chunk;
    private final Memory state = new Memory(STATE_BYTES);
    private final Memory input;
    private final Memory output = new Memory(OUT_BYTES);
    private int decoded;
    private int outPosition;
    private boolean closed;

    private IsalDecoder(CompressedBytes in) {
        this.in = in;
        this.chunk = new byte[(int) Math.max(1, Math.min(IN_BYTES, in.size()))];
        this.input = new Memory(chunk.length);
        state.clear();
        Isal.isal_inflate_init(state);
    }

    /** @throws ZipmapException {@code INFLATER_UNAVAILABLE} */
    static Decoder open(CompressedBytes in) throws ZipmapException {
        String reason = Isal.unavailable().orElse(null);
        if (reason != null) {
            throw new ZipmapException(
                            Condition.INFLATER_UNAVAILABLE,
                            "Cannot load the native inflater on this machine: " + reason)
                    .advice("Use " + OptionSpelling.mention("inflater", "auto") + " or jdk.");
        }
        return new IsalDecoder(in);
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (closed) {
            throw new IllegalStateException("Cannot decode with a closed decoder");
        }
        if (outPosition == decoded) {
            decode();
        }
        if (decoded == 0) {
            return -1;
        }
        int n = Math.min(count, decoded - outPosition);
        output.read(outPosition, into, offset, n);
        outPosition += n;
        return n;
    }

    /** Fills the output buffer; leaves it empty only at the end of the stream. */
    private void decode() throws IOException {
        outPosition = 0;
        decoded = 0;
        while (decoded == 0 && state.getInt(BLOCK_STATE) != FINISHED) {
            boolean more = state.getInt(AVAIL_IN) > 0 || fill();
            state.setPointer(NEXT_OUT, output);
            state.setInt(AVAIL_OUT, OUT_BYTES);
            if (Isal.isal_inflate(state) < 0) {
                throw new ZipmapException(
                                Condition.DATA_CORRUPT, "Cannot decode an entry: its deflate stream is damaged")
                        .expected("a valid deflate stream in " + in.size() + " bytes");
            }
            decoded = OUT_BYTES - state.getInt(AVAIL_OUT);
            if (decoded == 0 && !more && state.getInt(BLOCK_STATE) != FINISHED) {
                throw new ZipmapException(
                                Condition.ENTRY_TRUNCATED,
                                "Cannot decode an entry to its end: its compressed data ends early")
                        .expected("the end of a deflate stream")
                        .actual(in.position() + " bytes read");
            }
        }
    }

    private boolean fill() throws IOException {
        int n = in.read(chunk, 0, chunk.length);
        if (n < 0) {
            return false;
        }
        input.write(0, chunk, 0, n);
        state.setPointer(NEXT_IN, input);
        state.setInt(AVAIL_IN, n);
        return true;
    }

    @Override
    public void close() {
        closed = true;
        state.close();
        input.close();
        output.close();
    }
}
