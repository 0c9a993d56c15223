package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of a .npy file: what the array is, and where its first element lies. Read and written as
 * {@code numpy/lib/format.py} does (NEP 1), in the versions 1.0, 2.0 and 3.0. Pickled data is never looked at. Immutable.
 */
public final class NpyHeader {
    /** Bytes of header text that are read at most: numpy's own {@code max_header_size}. A longer claim is refused unread. */
    public static final int MAX_TEXT_BYTES = 10_000;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;

    /** numpy leaves room for the axis along which files grow to reach this many digits. */
    private static final int GROWTH_DIGITS = 21;

    private final ArrayLayout layout;
    private final int length;

    private NpyHeader(ArrayLayout layout, int length) {
        this.layout = layout;
        this.length = length;
    }

    /** Whether the first {@code count} bytes of a file are those of a .npy file. */
    public static boolean isNpy(byte[] first, int count) {
        return count >= MAGIC.length && Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads the header and not one byte more, so {@code in} stands at the first element afterwards.
     *
     * @throws ZipmapException {@code HEADER_INVALID} when it is no header, ends early or contradicts itself;
     *     {@code DTYPE_UNSUPPORTED} when the array is sound but of a kind that is not supported
     * @throws IOException when {@code in} fails
     */
    public static NpyHeader read(HeaderBytes in) throws IOException {
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
        if (claimed > MAX_TEXT_BYTES) {
            throw invalid("it is too long")
                    .expected("at most " + MAX_TEXT_BYTES + " bytes")
                    .actual(claimed + " bytes");
        }
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String text = new String(take(in, (int) claimed), charset);
        return new NpyHeader(NpyDictionary.layout(text), start.length + size.length + (int) claimed);
    }

    private static byte[] take(HeaderBytes in, int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int have = 0; have < count; ) {
            int n = in.read(bytes, have, count - have);
            if (n < 0) {
                throw invalid("it ends early").expected(count + " more bytes").actual(have + " bytes");
            }
            have += n;
        }
        return bytes;
    }

    private static ZipmapException invalid(String why) {
        return new ZipmapException(Condition.HEADER_INVALID, "Invalid .npy header: " + why);
    }

    /**
     * The header that numpy would write for this array, byte for byte; a multiple of 64 bytes. It is of version 1.0, or of 3.0 when
     * names of fields are not in ISO 8859-1.
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
