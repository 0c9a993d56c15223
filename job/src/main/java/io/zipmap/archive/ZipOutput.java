package io.zipmap.archive;

import java.io.IOException;
import java.io.OutputStream;

/** Little-endian output that knows its position. Not closed: the stream is its opener's. */
final class ZipOutput {
    private final OutputStream out;
    private long position;

    ZipOutput(OutputStream out) {
        this.out = out;
    }

    long position() {
        return position;
    }

    ZipOutput u16(int number) throws IOException {
        return number(number, Short.BYTES);
    }

    ZipOutput u32(long number) throws IOException {
        return number(number, Integer.BYTES);
    }

    ZipOutput i64(long number) throws IOException {
        return number(number, Long.BYTES);
    }

    private ZipOutput number(long number, int width) throws IOException {
        byte[] bytes = new byte[width];
        for (int i = 0; i < width; i++) {
            bytes[i] = (byte) (number >>> Byte.SIZE * i);
        }
        return bytes(bytes, width);
    }

    ZipOutput bytes(byte[] bytes, int count) throws IOException {
        out.write(bytes, 0, count);
        position += count;
        return this;
    }

    ZipOutput zeros(int count) throws IOException {
        return bytes(new byte[count], count);
    }

    void flush() throws IOException {
        out.flush();
    }
}
