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
 * What one item of an array is: a scalar of some kind, size and byte order, or, {@linkplain #fields composed} of
 * fields, a complex number or a structure. As numpy names them. Immutable.
 */
public final class Dtype implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Kinds of item, with the letter of numpy's array protocol. */
    public enum Kind {
        BOOL('b', "bool"),
        INT('i', "int"),
        UINT('u', "uint"),
        FLOAT('f', "float"),
        COMPLEX('c', "complex"),
        DATETIME('M', "datetime64"),
        TIMEDELTA('m', "timedelta64"),
        /** Fixed room for bytes of text. */
        BYTES('S', "S"),
        /** Fixed room for code points of four bytes. */
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

        /** Whether it is a truth or a number, and no more than that. */
        public boolean isPlain() {
            return compareTo(FLOAT) <= 0;
        }

        /** Whether there are statistics of it: of times, those of their counts. */
        public boolean isNumber() {
            return isPlain() || isTime();
        }
    }

    /** The count that says that a time is none. */
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
     * Reads numpy's words ({@code float32}, {@code bool}, {@code datetime64[ms]}), array-protocol strings ({@code <f4},
     * {@code >i2}, {@code |S5}) and lists of fields ({@code [('a', '<f4'), ('b', '<i2', (3,))]}). What does not say a
     * byte order is little-endian.
     *
     * @throws ZipmapException {@code DTYPE_UNSUPPORTED}, and {@code HEADER_INVALID} for a list that is none
     */
    public static Dtype parse(String text) throws ZipmapException {
        return parse(text, ByteOrder.LITTLE_ENDIAN);
    }

    /** As {@link #parse(String)}; {@code otherwise} is the byte order of a word that does not say one. */
    public static Dtype parse(String text, ByteOrder otherwise) throws ZipmapException {
        return of(text.stripLeading().startsWith("[") ? PythonLiteral.parse(text) : text, otherwise);
    }

    /** Of what a .npy header has in place of it. */
    static Dtype of(@Nullable Object descr, ByteOrder otherwise) throws ZipmapException {
        return new DtypeDescr(otherwise).dtype(descr, "");
    }

    public Kind kind() {
        return kind;
    }

    /** Bytes of one item; 0 when it is a text without room, or fields of nothing but such. */
    public int itemSize() {
        return itemSize;
    }

    /** Of a scalar, and of a complex number's parts. */
    public ByteOrder byteOrder() {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** What the counts of datetime64 and timedelta64 count; empty for all others. */
    public Optional<TimeStep> step() {
        return Optional.ofNullable(step);
    }

    /** What an item is composed of: {@code re} and {@code im}, or the fields of a structure; none for a scalar. */
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

    /** All scalars of an item, in the order of the fields; the item itself when it is one. */
    public List<Leaf> leaves() {
        return structure != null ? structure.leaves(this) : Leaf.of(this).scalars();
    }

    /** The leaves that there are statistics of. */
    public List<Leaf> numbers() {
        return leaves().stream().filter(leaf -> leaf.dtype().kind.isNumber()).toList();
    }

    /** As a .npy header has it: {@code <f4}, or the list of the fields. */
    public String descr() {
        return structure != null ? structure.text() : (hasOrder() ? bigEndian ? ">" : "<" : "|") + code();
    }

    private boolean hasOrder() {
        return kind == Kind.UNICODE || itemSize > 1 && kind != Kind.BYTES;
    }

    /**
     * numpy's {@code str(dtype)} on a little-endian machine: {@code float32}, or {@code >f4}; of a structure the list
     * of its fields.
     */
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

    /** In as few bytes as can be; {@link #unpack} makes the dtype again. */
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
     * What two arrays have in common whose values are of the same kinds under the same names: byte orders are left out,
     * the room for texts, and what lies between fields.
     */
    public String values() {
        if (structure == null) {
            return kind.isText() ? kind.word : code();
        }
        StringBuilder text = new StringBuilder();
        for (Field field : structure.fields()) {
            text.append(PythonLiteral.quoted(field.name())).append(field.shape());
            text.append('[').append(field.dtype().values()).append(']');
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
