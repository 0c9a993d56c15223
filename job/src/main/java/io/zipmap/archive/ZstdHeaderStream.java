package io.zipmap.archive;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reserves memory for each frame of a zstd stream (RFC 8878) before the library reads its header. The library allocates
 * outside the heap, and uses no more of a window than the entry has bytes.
 */
final class ZstdHeaderStream extends HeaderStream {
    private static final long MAGIC = 0xFD2FB528L;
    private static final long SKIPPABLE = 0x184D2A50L;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int[] CONTENT_BYTES = {0, 2, 4, 8};
    private static final int CHECKSUM_BYTES = 4;
    private static final int RUN = 1;

    /** Memory besides the window: the context, and input and output of one block. */
    private static final long FIXED_BYTES = 512 << 10;

    private final long entrySize;
    private final DecoderMemory.Reservation memory;
    private boolean inFrame;
    private boolean checksum;

    ZstdHeaderStream(InputStream in, long entrySize, DecoderMemory.Reservation memory) {
        super(in);
        this.entrySize = entrySize;
        this.memory = memory;
    }

    @Override
    void readHeader() throws IOException {
        if (inFrame) {
            block();
        } else {
            frame();
        }
    }

    private void frame() throws IOException {
        byte[] start = take(5);
        if (start.length < 5) {
            emitRest(start);
            return;
        }
        long magic = LittleEndian.u32(start, 0);
        if ((magic & ~0xFL) == SKIPPABLE) {
            byte[] header = join(start, take(3));
            emit(header, header.length < 8 ? 0 : LittleEndian.u32(header, 4));
            return;
        }
        if (magic != MAGIC) {
            emitRest(start);
            return;
        }
        int descriptor = start[4] & 0xFF;
        boolean single = (descriptor & 1 << 5) != 0;
        int contentBytes = CONTENT_BYTES[descriptor >>> 6] + (single && descriptor >>> 6 == 0 ? 1 : 0);
        byte[] rest = take((single ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3] + contentBytes);
        long window = single ? content(rest, contentBytes) : rest.length == 0 ? 0 : window(rest[0] & 0xFF);
        memory.reserve(Math.min(Math.min(window, entrySize), DecoderStreams.MAX_WINDOW_BYTES) + FIXED_BYTES);
        inFrame = true;
        checksum = (descriptor & 1 << 2) != 0;
        emit(join(start, rest), 0);
    }

    /**
     * Window of a single-segment frame, which equals its content size (RFC 8878, 3.1.1.1.4). The two-byte form stores
     * the size minus 256.
     */
    private static long content(byte[] rest, int bytes) {
        long size = bytes == 2 ? 256 : 0;
        for (int i = 0; i < bytes && rest.length >= bytes; i++) {
            size += (rest[rest.length - bytes + i] & 0xFFL) << Byte.SIZE * i;
        }
        return size < 0 ? Long.MAX_VALUE : size;
    }

    /** Window size of a window descriptor (RFC 8878, 3.1.1.1.2). */
    private static long window(int descriptor) {
        long base = 1L << 10 + (descriptor >>> 3);
        return base + base / 8 * (descriptor & 7);
    }

    private void block() throws IOException {
        byte[] header = take(3);
        if (header.length < 3) {
            emitRest(header);
            return;
        }
        int bits = header[0] & 0xFF | (header[1] & 0xFF) << 8 | (header[2] & 0xFF) << 16;
        boolean last = (bits & 1) != 0;
        inFrame = !last;
        emit(header, ((bits >>> 1 & 3) == RUN ? 1 : bits >>> 3) + (last && checksum ? CHECKSUM_BYTES : 0));
    }
}
