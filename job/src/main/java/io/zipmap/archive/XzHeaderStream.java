package io.zipmap.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.tukaani.xz.LZMA2InputStream;

/**
 * Limits the window of each block of an xz stream (The .xz File Format 1.2.0) to the size of the entry, and reserves
 * memory for it. The library allocates the window that a block header declares, although no block refers back past its
 * start.
 */
final class XzHeaderStream extends HeaderStream {
    private static final int STREAM_HEADER_BYTES = 12;
    private static final int FOOTER_BYTES = 12;
    private static final int CRC_BYTES = 4;
    private static final byte[] MAGIC = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
    private static final int[] CHECK_BYTES = {0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64};
    private static final int LZMA2 = 0x21;
    private static final int LARGEST_CODE = 40;
    private static final int MAX_NUMBER_BYTES = 9;
    private static final byte[] NO_BYTES = {};

    private enum Next {
        STREAM,
        BLOCK,
        CHUNK,
        RECORD
    }

    private final long entrySize;
    private final DecoderMemory.Reservation memory;
    private Next next = Next.STREAM;
    private int checkBytes;
    private long blockBytes;
    private long indexBytes;
    private long records;

    XzHeaderStream(InputStream in, long entrySize, DecoderMemory.Reservation memory) {
        super(in);
        this.entrySize = entrySize;
        this.memory = memory;
    }

    @Override
    void readHeader() throws IOException {
        switch (next) {
            case STREAM -> stream();
            case BLOCK -> block();
            case CHUNK -> chunk();
            case RECORD -> record();
        }
    }

    private void stream() throws IOException {
        byte[] start = take(4);
        if (Arrays.equals(start, new byte[4])) {
            emit(start, 0);
            return;
        }
        byte[] header = join(start, take(STREAM_HEADER_BYTES - 4));
        if (header.length < STREAM_HEADER_BYTES || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            emitRest(header);
            return;
        }
        checkBytes = CHECK_BYTES[header[7] & 0xF];
        next = Next.BLOCK;
        emit(header, 0);
    }

    private void block() throws IOException {
        byte[] first = take(1);
        if (first.length == 1 && first[0] == 0) {
            index(first);
            return;
        }
        byte[] header = first.length == 0 ? first : join(first, take((first[0] & 0xFF) * 4 + 3));
        int at = header.length < 8 ? -1 : windowIndex(header, header.length - CRC_BYTES);
        if (at >= 0) {
            limitWindow(header, at);
        }
        blockBytes = 0;
        next = Next.CHUNK;
        emit(header, 0);
    }

    /** Index of the window code in a block header; -1 if there is none. */
    private static int windowIndex(byte[] header, int end) {
        int at = 2;
        at = (header[1] & 0x40) != 0 ? afterNumber(header, at, end) : at;
        at = (header[1] & 0x80) != 0 ? afterNumber(header, at, end) : at;
        for (int filters = (header[1] & 3) + 1; filters > 0 && at + 1 < end; filters--) {
            // Known filter ids and the sizes of their properties are all one byte long.
            int properties = header[at + 1];
            if (header[at] == LZMA2) {
                return properties == 1 && at + 2 < end ? at + 2 : -1;
            }
            at = properties < 0 ? end : at + 2 + properties;
        }
        return -1;
    }

    private static int afterNumber(byte[] header, int from, int end) {
        int at = from;
        while (at < end && header[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private void limitWindow(byte[] header, int at) throws IOException {
        int code = header[at];
        if (code < 0 || code > LARGEST_CODE) {
            return;
        }
        CRC32 crc = new CRC32();
        crc.update(header, 0, header.length - CRC_BYTES);
        boolean sound = crc.getValue() == LittleEndian.u32(header, header.length - CRC_BYTES);
        while (sound && code > 0 && window(code - 1) >= entrySize) {
            code--;
        }
        if (window(code) <= DecoderStreams.MAX_WINDOW_BYTES) {
            memory.reserve((long) LZMA2InputStream.getMemoryUsage((int) window(code)) << 10);
        }
        if (code != header[at]) {
            header[at] = (byte) code;
            crc.reset();
            crc.update(header, 0, header.length - CRC_BYTES);
            for (int i = 0; i < CRC_BYTES; i++) {
                header[header.length - CRC_BYTES + i] = (byte) (crc.getValue() >>> Byte.SIZE * i);
            }
        }
    }

    /** Window size in bytes (The .xz File Format, 5.3.1). */
    private static long window(int code) {
        return code == LARGEST_CODE ? 0xFFFFFFFFL : (2L | code & 1) << code / 2 + 11;
    }

    /** Reads the header of an LZMA2 chunk; the first byte is its kind. */
    private void chunk() throws IOException {
        byte[] control = take(1);
        int kind = control.length == 0 ? -1 : control[0] & 0xFF;
        if (kind == 0) {
            next = Next.BLOCK;
            emit(control, (-(blockBytes + 1) & 3) + checkBytes);
        } else if (kind == 1 || kind == 2) {
            sizedChunk(control, 2, 0);
        } else if (kind >= 0x80) {
            sizedChunk(control, 4, kind >= 0xC0 ? 1 : 0);
        } else {
            emitRest(control);
        }
    }

    /** @param sizes length of the size fields; the last two bytes are the chunk's size minus one */
    private void sizedChunk(byte[] control, int sizes, int properties) throws IOException {
        byte[] header = join(control, take(sizes));
        if (header.length <= sizes) {
            emitRest(header);
            return;
        }
        int bytes = ((header[sizes - 1] & 0xFF) << 8 | header[sizes] & 0xFF) + 1 + properties;
        blockBytes += header.length + bytes;
        emit(header, bytes);
    }

    private void index(byte[] indicator) throws IOException {
        byte[] count = number();
        indexBytes = 1L + count.length;
        records = 0;
        for (int i = count.length - 1; i >= 0; i--) {
            records = records << 7 | count[i] & 0x7F;
        }
        next = Next.RECORD;
        emit(join(indicator, count), 0);
    }

    private void record() throws IOException {
        if (records == 0) {
            next = Next.STREAM;
            emit(NO_BYTES, (-indexBytes & 3) + CRC_BYTES + FOOTER_BYTES);
            return;
        }
        byte[] record = join(number(), number());
        records--;
        indexBytes += record.length;
        emit(record, 0);
    }

    private byte[] number() throws IOException {
        byte[] number = {};
        do {
            byte[] one = take(1);
            if (one.length == 0) {
                return number;
            }
            number = join(number, one);
        } while (number[number.length - 1] < 0 && number.length < MAX_NUMBER_BYTES);
        return number;
    }
}
