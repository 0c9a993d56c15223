package io.zipmap.array;

import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The numpy dtype of an array: the type of one item. An item is a scalar of a kind, size and byte order; or a complex
 * number; or a structured item with {@linkplain #fields fields}. Immutable.
 */
public final class Dtype implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Kinds of items, each with its letter in numpy's array protocol and numpy's name. */
    public enum Kind {
        BOOL('b', "bool"),
        INT('i', "int"),
        UINT('u', "uint"),
        FLOAT('f', "float"),
        COMPLEX('c', "complex"),
        DATETIME('M', "datetime64"),
        TIMEDELTA('m', "timedelta64"),
        /** Text of a fixed number of bytes. */
        BYTES('S', "S"),
        /** Text of a fixed number of code points, four bytes each. */
        UNICODE('U', "U"),
        STRUCT('V', "void");

        private final char letter;
        private final String word;

        Kind(char letter, String word) {
            this.letter = letter;
            this.word = word;
        }

        static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("No kind has the letter " + letter);
        }

        public boolean isTime() {
            return this == DATETIME || this == TIMEDELTA;
        }

        public boolean isText() {
            return this == BYTES || this == UNICODE;
        }

        /** Whether this is bool, an integer or a float. */
        public boolean isPlain() {
            return compareTo(FLOAT) <= 0;
        }

        /** Whether statistics are computed. For times, they are statistics of the integer values. */
        public boolean isNumber() {
            return isPlain() || isTime();
        }
    }

    /** The integer value of numpy's NaT. */
    public static final long NOT_A_TIME = Long.MIN_VALUE;

    static final int CODE_POINT_BYTES = 4;

    private final Kind kind;
    private final int itemSize;
    private final boolean bigEndian;
    private final @Nullable TimeStep step;
    private final @Nullable DtypeFields structure;

    private Dtype(
            Kind kind, int itemSize, boolean bigEndian, @Nullable TimeStep step, @Nullable DtypeFields structure) {
        this.kind = kind;
        this.itemSize = itemSize;
        this.bigEndian = bigEndian && itemSize > 1 && kind != Kind.BYTES;
        this.step = step;
        this.structure = structure;
    }

    static Dtype of(Kind kind, int itemSize, boolean bigEndian, @Nullable TimeStep step) {
        return new Dtype(kind, itemSize, bigEndian, step, null);
    }

    static Dtype of(List<Field> fields, int itemSize) {
        return new Dtype(Kind.STRUCT, itemSize, false, null, DtypeFields.of(fields, itemSize));
    }

    /**
     * Parses numpy's names ({@code float32}, {@code bool}, {@code datetime64[ms]}), array-protocol type strings
     * ({@code <f4}, {@code >i2}, {@code |S5}) and lists of fields ({@code [('a', '<f4'), ('b', '<i2', (3,))]}). A type
     * without a byte order is little-endian.
     *
     * @throws ZipmapException {@code DTYPE_UNSUPPORTED}; {@code HEADER_INVALID} if a list of fields is malformed
     */
    public static Dtype parse(String text) throws ZipmapException {
        return parse(text, ByteOrder.LITTLE_ENDIAN);
    }

    /** As {@link #parse(String)}; a type without a byte order has {@code defaultOrder}. */
    public static Dtype parse(String text, ByteOrder defaultOrder) throws ZipmapException {
        return ofDescr(text.stripLeading().startsWith("[") ? PythonLiteral.parse(text) : text, defaultOrder);
    }

    /** The dtype of a {@code descr} value, already parsed as a Python literal. */
    static Dtype ofDescr(@Nullable Object descr, ByteOrder defaultOrder) throws ZipmapException {
        return new DtypeDescr(defaultOrder).dtype(descr, "");
    }

    public Kind kind() {
        return kind;
    }

    /** Number of bytes of one item. 0 for a text of length 0, and for a structure of only such fields. */
    public int itemSize() {
        return itemSize;
    }

    /** Byte order of a scalar, and of the parts of a complex number. */
    public ByteOrder byteOrder() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Unit of datetime64 and timedelta64; empty for other kinds. */
    public Optional<TimeStep> step() {
        return Optional.ofNullable(step);
    }

    /** The parts of an item: {@code re} and {@code im}, or the fields of a structure. Empty for a scalar. */
    public List<Field> fields() {
        if (structure != null) {
            return structure.fields();
        }
        if (kind != Kind.COMPLEX) {
            return List.of();
        }
        Dtype part = of(Kind.FLOAT, itemSize / 2, bigEndian, null);
        return List.of(
                new Field("re", null, part, Shape.SINGLE, 0), new Field("im", null, part, Shape.SINGLE, part.itemSize));
    }

    /** All scalars of an item, in field order. A scalar item is its own only leaf. */
    public List<Leaf> leaves() {
        return structure != null ? structure.leaves(this) : Leaf.of(this).scalars();
    }

    /** The leaves for which statistics are computed. */
    public List<Leaf> numericLeaves() {
        return leaves().stream().filter(leaf -> leaf.dtype().kind.isNumber()).toList();
    }

    /** The {@code descr} value of a .npy header: {@code <f4}, or the list of fields. */
    public String descr() {
        return structure != null ? structure.text() : (hasOrder() ? bigEndian ? ">" : "<" : "|") + code();
    }

    private boolean hasOrder() {
        return kind == Kind.UNICODE || itemSize > 1 && kind != Kind.BYTES;
    }

    /** numpy's {@code str(dtype)} on a little-endian machine: {@code float32}, {@code >f4}, or the list of fields. */
    @Override
    public String toString() {
        if (bigEndian || structure != null || kind.isText()) {
            return descr();
        }
        return kind == Kind.BOOL ? kind.word : kind.word + (step == null ? itemSize * 8 : step.suffix());
    }

    private String code() {
        int size = kind == Kind.UNICODE ? itemSize / CODE_POINT_BYTES : itemSize;
        return kind.letter + Integer.toString(size) + (step == null ? "" : step.suffix());
    }

    /** A compact serialised form; {@link #unpack} restores the dtype. */
    public byte[] pack() {
        return structure != null ? structure.packed() : descr().getBytes(StandardCharsets.US_ASCII);
    }

    public static Dtype unpack(byte[] packed) throws IOException {
        return parse(
                DtypeFields.isPacked(packed)
                        ? DtypeFields.unpack(packed)
                        : new String(packed, StandardCharsets.US_ASCII));
    }

    /**
     * A text that is equal for dtypes whose values have the same kinds under the same names. It omits byte order, text
     * lengths and the padding between fields.
     */
    public String valueSignature() {
        if (structure == null) {
            return kind.isText() ? kind.word : code();
        }
        StringBuilder text = new StringBuilder();
        for (Field field : structure.fields()) {
            text.append(PythonLiteral.quoted(field.name())).append(field.shape());
            text.append('[').append(field.dtype().valueSignature()).append(']');
        }
        return text.toString();
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
