package io.zipmap.archive;

import com.sun.jna.Memory;
import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes method 8, raw deflate (RFC 1951), with {@link Isal} and two bounded buffers outside the heap. The source
 * fills the one and {@link #next} gives out the other, so no byte is copied on its way. The library gets no other
 * memory, in particular no file mapping: a mapping of a truncated file would kill the process.
 */
final class IsalDecoder implements Decoder {
    private static final int IN_BYTES = 1 << 17;

    /**
     * Large against the 64 KiB that the library decodes into its own memory first, each time that it is called. Both
     * buffers together stay in a core's cache.
     */
    private static final int OUT_BYTES = 1 << 18;

    /** Of either buffer, the first time: many an entry is opened for its header only. */
    private static final int FIRST_BYTES = 1 << 16;

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
    private final Memory state = new Memory(STATE_BYTES);
    private final Memory input;
    private final Memory output;
    private final ByteBuffer compressed;
    private final ByteBuffer block;
    private long decoded;
    private boolean closed;

    private IsalDecoder(CompressedBytes in, long size) {
        this.in = in;
        this.input = new Memory(Math.max(1, Math.min(IN_BYTES, in.size())));
        this.output = new Memory(Math.max(1, Math.min(OUT_BYTES, size)));
        this.compressed = input.getByteBuffer(0, input.size());
        this.block = output.getByteBuffer(0, output.size()).limit(0);
        state.clear();
        Isal.isal_inflate_init(state);
    }

    /** @throws ZipmapException {@code INFLATER_UNAVAILABLE} */
    static Decoder open(CompressedBytes in, ArchiveEntry entry) throws ZipmapException {
        String reason = Isal.unavailable().orElse(null);
        if (reason != null) {
            throw new ZipmapException(
                            Condition.INFLATER_UNAVAILABLE,
                            "Cannot load the native inflater on this machine: " + reason)
                    .advice("Use " + OptionSpelling.mention("inflater", "auto") + " or jdk.");
        }
        return new IsalDecoder(in, entry.size());
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (!hasDecoded()) {
            return -1;
        }
        int n = Math.min(count, block.remaining());
        block.get(into, offset, n);
        return n;
    }

    @Override
    public @Nullable ByteBuffer next(byte[] spare, long most) throws IOException {
        if (!hasDecoded()) {
            return null;
        }
        int n = (int) Math.min(most, block.remaining());
        ByteBuffer next = block.slice(block.position(), n);
        block.position(block.position() + n);
        return next;
    }

    /** Whether the block has bytes that were not given out. Decodes the next block if not. */
    private boolean hasDecoded() throws IOException {
        if (closed) {
            throw new IllegalStateException("Cannot decode with a closed decoder");
        }
        if (!block.hasRemaining()) {
            decode();
        }
        return block.hasRemaining();
    }

    /**
     * Fills the output buffer up to the next multiple of its size, so that a block is written to whole pages. Leaves it
     * empty only at the end of the stream.
     */
    private void decode() throws IOException {
        int capacity = decoded == 0
                ? Math.min(FIRST_BYTES, block.capacity())
                : block.capacity() - (int) (decoded % block.capacity());
        state.setPointer(NEXT_OUT, output);
        state.setInt(AVAIL_OUT, capacity);
        int free = capacity;
        boolean moves = true;
        while (moves && free > 0 && state.getInt(BLOCK_STATE) != FINISHED) {
            boolean more = state.getInt(AVAIL_IN) > 0 || fill();
            if (Isal.isal_inflate(state) < 0) {
                throw new ZipmapException(
                                Condition.DATA_CORRUPT, "Cannot decode an entry: its deflate stream is damaged")
                        .expected("a valid deflate stream in " + in.size() + " bytes");
            }
            moves = more || state.getInt(AVAIL_OUT) < free;
            free = state.getInt(AVAIL_OUT);
        }
        if (free == capacity && state.getInt(BLOCK_STATE) != FINISHED) {
            throw new ZipmapException(
                            Condition.ENTRY_TRUNCATED,
                            "Cannot decode an entry to its end: its compressed data ends early")
                    .expected("the end of a deflate stream")
                    .actual(in.position() + " bytes read");
        }
        decoded += capacity - free;
        block.position(0).limit(capacity - free);
    }

    private boolean fill() throws IOException {
        int most = in.position() == 0 ? FIRST_BYTES : IN_BYTES;
        if (!in.fill(compressed, Math.min(most, compressed.capacity()))) {
            return false;
        }
        state.setPointer(NEXT_IN, input);
        state.setInt(AVAIL_IN, compressed.remaining());
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
