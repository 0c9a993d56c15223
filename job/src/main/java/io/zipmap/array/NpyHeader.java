package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of a .npy file: the array's layout, and the header's length. Reads versions 1.0, 2.0 and 3.0 and writes
 * 1.0 and 3.0, like {@code numpy/lib/format.py} (NEP 1). Never unpickles data. Immutable.
 */
public final class NpyHeader {
    /** Default limit on the characters of the header text: numpy's {@code max_header_size}. */
    public static final int MAX_CHARS = 10_000;

    /** Largest size of a character in UTF-8. */
    private static final int MAX_CHAR_BYTES = 4;

    /** Size of the first buffer. A declared length is not allocated before the bytes have arrived. */
    private static final int CHUNK_BYTES = 1 << 16;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;

    /** Digits that numpy reserves for the axis along which a file can grow. */
    private static final int GROWTH_DIGITS = 21;

    private final ArrayLayout layout;
    private final int length;

    private NpyHeader(ArrayLayout layout, int length) {
        this.layout = layout;
        this.length = length;
    }

    /** Whether the first {@code count} bytes of a file begin with the .npy signature. */
    public static boolean isNpy(byte[] first, int count) {
        return count >= MAGIC.length && Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Reads a header with the limit {@link #MAX_CHARS}. */
    public static NpyHeader read(NpyInput in) throws IOException {
        return read(in, MAX_CHARS);
    }

    /**
     * Reads a header and no byte more; afterwards, {@code in} is positioned at the first element. A header that
     * declares a length above {@code maxChars} is refused before it is read.
     *
     * @throws ZipmapException {@code HEADER_INVALID} if it is no header, ends early or is inconsistent;
     *     {@code DTYPE_UNSUPPORTED} if the header is valid but the dtype is not supported
     * @throws IOException if {@code in} fails
     */
    public static NpyHeader read(NpyInput in, int maxChars) throws IOException {
        byte[] start = take(in, MAGIC.length + 2);
        int major = start[MAGIC.length] & 0xFF;
        int minor = start[MAGIC.length + 1] & 0xFF;
        if (!isNpy(start, start.length)) {
            throw invalid("no .npy magic string").expected("\\x93NUMPY");
        }
        if (major < 1 || major > 3 || minor != 0) {
            throw invalid("version " + major + "." + minor).expected("version 1.0, 2.0 or 3.0");
        }
        byte[] size = take(in, major == 1 ? 2 : 4);
        long claimed = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            claimed = (claimed << 8) | (size[i] & 0xFF);
        }
        boolean utf8 = major == 3;
        if (claimed > Math.min(Integer.MAX_VALUE, (utf8 ? (long) MAX_CHAR_BYTES : 1L) * maxChars)) {
            throw tooLong(maxChars).actual(claimed + " bytes");
        }
        String text = new String(take(in, (int) claimed), utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        int chars = text.codePointCount(0, text.length());
        if (chars > maxChars) {
            throw tooLong(maxChars).actual(chars + " characters");
        }
        return new NpyHeader(NpyDictionary.layout(text), start.length + size.length + (int) claimed);
    }

    private static byte[] take(NpyInput in, int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, CHUNK_BYTES)];
        for (int have = 0; have < count; ) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * bytes.length));
            }
            int n = in.read(bytes, have, bytes.length - have);
            if (n < 0) {
                throw invalid("it ends early").expected(count + " more bytes").actual(have + " bytes");
            }
            have += n;
        }
        return bytes;
    }

    private static ZipmapException tooLong(int maxChars) {
        return invalid("it is too long")
                .expected("at most " + maxChars + " characters")
                .advice("Raise " + OptionSpelling.mention("maxHeaderChars") + " if you trust the archive.");
    }

    private static ZipmapException invalid(String why) {
        return new ZipmapException(Condition.HEADER_INVALID, "Invalid .npy header: " + why);
    }

    /**
     * The header that numpy writes for this layout, byte for byte; a multiple of 64 bytes. The version is 1.0, or 3.0
     * if a field name cannot be encoded in ISO 8859-1.
     */
    public static byte[] write(ArrayLayout layout) {
        Shape shape = layout.shape();
        boolean fortran = layout.order() == Order.FORTRAN;
        String descr = layout.dtype().descr();
        StringBuilder text = new StringBuilder("{'descr': ")
                .append(layout.dtype().kind() == Dtype.Kind.STRUCT ? descr : "'" + descr + "'")
                .append(", 'fortran_order': ")
                .append(fortran ? "True" : "False")
                .append(", 'shape': ")
                .append(shape)
                .append(", }");
        if (shape.dimensions() > 0) {
            String grows = Long.toString(shape.axis(fortran ? shape.dimensions() - 1 : 0));
            text.append(" ".repeat(GROWTH_DIGITS - grows.length()));
        }
        boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
        Charset charset = latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        int before = MAGIC.length + (latin ? 4 : 6);
        int over = (before + text.toString().getBytes(charset).length + 1) % ALIGNMENT;
        byte[] bytes = text.append(" ".repeat(ALIGNMENT - over))
                .append('\n')
                .toString()
                .getBytes(charset);
        ByteArrayOutputStream out = new ByteArrayOutputStream(before + bytes.length);
        out.writeBytes(MAGIC);
        out.writeBytes(new byte[] {(byte) (latin ? 1 : 3), 0, (byte) bytes.length, (byte) (bytes.length >>> 8)});
        if (!latin) {
            out.writeBytes(new byte[] {(byte) (bytes.length >>> 16), (byte) (bytes.length >>> 24)});
        }
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    public ArrayLayout layout() {
        return layout;
    }

    /** Bytes of the whole header: the offset of the first element in the file. */
    public int length() {
        return length;
    }
}
