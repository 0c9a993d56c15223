package io.zipmap.mapped;

import io.zipmap.array.Dtype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the texts of one dtype, {@code S} or {@code U}. NULs at the end do not belong to a text, as in numpy.
 * {@code S} is decoded as UTF-8, which includes ASCII. Malformed UTF-8 and invalid code points of {@code U} become
 * U+FFFD. Immutable.
 */
public final class FixedText {
    private static final int REPLACEMENT = 0xfffd;

    private final int size;
    private final boolean unicode;
    private final ByteOrder order;

    /** @param dtype of kind BYTES or UNICODE */
    public FixedText(Dtype dtype) {
        if (!dtype.kind().isText()) {
            throw new IllegalArgumentException("Not text: " + dtype);
        }
        size = dtype.itemSize();
        unicode = dtype.kind() == Dtype.Kind.UNICODE;
        order = dtype.byteOrder();
    }

    /** The text that begins at {@code from}. */
    public String text(byte[] bytes, int from) {
        int length = length(bytes, from);
        if (!unicode) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        ByteBuffer points = ByteBuffer.wrap(bytes).order(order);
        StringBuilder text = new StringBuilder(length / Integer.BYTES);
        for (int at = from; at < from + length; at += Integer.BYTES) {
            int point = points.getInt(at);
            boolean exists = Character.isValidCodePoint(point) && (point >>> 11) != 0xd800 >>> 11;
            text.appendCodePoint(exists ? point : REPLACEMENT);
        }
        return text.toString();
    }

    /** The length of the text that begins at {@code from} if its bytes are ASCII; else -1. */
    public int asciiLength(byte[] bytes, int from) {
        int length = unicode ? -1 : length(bytes, from);
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] < 0) {
                return -1;
            }
        }
        return length;
    }

    /** The bytes of a text without the NULs at its end; for U, a multiple of a code point. */
    private int length(byte[] bytes, int from) {
        int length = size;
        while (length > 0 && bytes[from + length - 1] == 0) {
            length--;
        }
        return unicode ? (length + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES : length;
    }
}
