package io.zipmap.archive;

import java.io.IOException;
import java.io.OutputStream;

/** Writes little-endian numbers and bytes to a stream and counts them. Does not close the stream. */
final class LittleEndianOutput {
    private final OutputStream out;
    private long position;

    LittleEndianOutput(OutputStream out) {
        this.out = out;
    }

    /** Number of bytes written. */
    long position() {
        return position;
    }

    LittleEndianOutput u16(int number) throws IOException {
        return number(number, Short.BYTES);
    }

    LittleEndianOutput u32(long number) throws IOException {
        return number(number, Integer.BYTES);
    }

    LittleEndianOutput i64(long number) throws IOException {
        return number(number, Long.BYTES);
    }

    private LittleEndianOutput number(long number, int width) throws IOException {
        byte[] bytes = new byte[width];
        for (int i = 0; i < width; i++) {
            bytes[i] = (byte) (number >>> Byte.SIZE * i);
        }
        return bytes(bytes, width);
    }

    LittleEndianOutput bytes(byte[] bytes, int count) throws IOException {
        out.write(bytes, 0, count);
        position += count;
        return this;
    }

    LittleEndianOutput zeros(int count) throws IOException {
        return bytes(new byte[count], count);
    }

    void flush() throws IOException {
        out.flush();
    }
}
