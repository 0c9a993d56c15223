package io.zipmap.array;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Serializable;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;

/** What one element is: kind, size and byte order, as numpy names them. Immutable. */
public final class Dtype implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Kinds of element, with the letter of numpy's array protocol. */
    public enum Kind {
        BOOL('b', "bool"),
        INT('i', "int"),
        UINT('u', "uint"),
        FLOAT('f', "float");

        private final char letter;
        private final String word;

        Kind(char letter, String word) {
            this.letter = letter;
            this.word = word;
        }
    }

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("bool", "b1"),
            Map.entry("int8", "i1"),
            Map.entry("int16", "i2"),
            Map.entry("int32", "i4"),
            Map.entry("int64", "i8"),
            Map.entry("uint8", "u1"),
            Map.entry("uint16", "u2"),
            Map.entry("uint32", "u4"),
            Map.entry("uint64", "u8"),
            Map.entry("float16", "f2"),
            Map.entry("float32", "f4"),
            Map.entry("float64", "f8"));

    private final Kind kind;
    private final int itemSize;
    private final boolean bigEndian;

    private Dtype(Kind kind, int itemSize, boolean bigEndian) {
        this.kind = kind;
        this.itemSize = itemSize;
        this.bigEndian = bigEndian && itemSize > 1;
    }

    /**
     * Reads numpy's words ({@code float32}, {@code bool}) and array-protocol strings ({@code <f4}, {@code >i2},
     * {@code |u1}). A word without a byte order is little-endian.
     *
     * @throws ZipmapException {@code DTYPE_UNSUPPORTED}
     */
    public static Dtype parse(String text) throws ZipmapException {
        return parse(text, ByteOrder.LITTLE_ENDIAN);
    }

    /** As {@link #parse(String)}; {@code otherwise} is the byte order of a word that does not say one. */
    public static Dtype parse(String text, ByteOrder otherwise) throws ZipmapException {
        String code = WORDS.getOrDefault(text.toLowerCase(Locale.ROOT), text);
        char first = code.isEmpty() ? ' ' : code.charAt(0);
        boolean says = first == '<' || first == '>' || first == '|' || first == '=';
        String body = says ? code.substring(1) : code;
        if (WORDS.containsValue(body) && !(first == '|' && !body.endsWith("1"))) {
            boolean big = first == '>' || ((!says || first == '=') && otherwise == ByteOrder.BIG_ENDIAN);
            return new Dtype(kind(body.charAt(0)), body.charAt(1) - '0', big);
        }
        throw new ZipmapException(Condition.DTYPE_UNSUPPORTED, "Unsupported dtype: " + text)
                .expected("bool, int8 to int64, uint8 to uint64, float16, float32 or float64");
    }

    private static Kind kind(char letter) {
        for (Kind kind : Kind.values()) {
            if (kind.letter == letter) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No kind has the letter " + letter);
    }

    public Kind kind() {
        return kind;
    }

    /** Bytes of one element: 1, 2, 4 or 8. */
    public int itemSize() {
        return itemSize;
    }

    public ByteOrder byteOrder() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** The array-protocol string, as a .npy header has it: {@code <f4}. */
    public String descr() {
        char order = itemSize == 1 ? '|' : bigEndian ? '>' : '<';
        return order + code();
    }

    /** numpy's {@code str(dtype)} on a little-endian machine: {@code float32}, or {@code >f4}. */
    @Override
    public String toString() {
        return bigEndian ? descr() : kind == Kind.BOOL ? kind.word : kind.word + itemSize * 8;
    }

    private String code() {
        return kind.letter + Integer.toString(itemSize);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dtype && descr().equals(((Dtype) other).descr());
    }

    @Override
    public int hashCode() {
        return descr().hashCode();
    }
}
