package io.zipmap.array;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a structured dtype. Serialised as the compressed {@code descr} text, because a record has only a few
 * hundred bytes; the fields are parsed again on first use. Immutable and thread-safe.
 */
final class DtypeFields implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Preset dictionary for compression: frequent parts of such texts, so that short texts compress well too. */
    private static final byte[] DICTIONARY =
            ("'), ('', '|V4'), ('|S1'), ('<M8[ns]'), ('<U1'), ('>f4'), ('>f8'), ('>i4'), ('|u1'), ('|b1'), "
                            + "('<u2'), ('<u4'), "
                            + "('<i2'), ('<i8'), ('<i4', (2,)), ('<f8'), ('<f4', (3,)), ('")
                    .getBytes(StandardCharsets.US_ASCII);

    /** First byte of the packed form; the packed form of no scalar starts with it. */
    private static final byte MARK = '[';

    private final byte[] packed;
    private transient volatile @Nullable Unpacked unpacked;

    private transient volatile @Nullable List<Leaf> leaves;

    private record Unpacked(String text, List<Field> fields) {}

    private DtypeFields(byte[] packed) {
        this.packed = packed;
    }

    static DtypeFields of(List<Field> all, int itemSize) {
        String text = DtypeDescr.format(all, itemSize);
        DtypeFields made = new DtypeFields(pack(text));
        List<Field> fields = List.copyOf(all);
        made.unpacked = new Unpacked(text, fields);
        return made;
    }

    private static byte[] pack(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(DICTIONARY);
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(MARK);
            byte[] buffer = new byte[1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    static boolean isPacked(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == MARK;
    }

    /** The text of which {@link #packed} gave the compressed form. */
    static String unpack(byte[] packed) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(packed, 1, packed.length - 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1024];
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n == 0 && !inflater.finished()) {
                    throw new IOException("The packed text of a dtype ends early");
                }
                out.write(buffer, 0, n);
            }
            return out.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IOException("Not the packed text of a dtype", e);
        } finally {
            inflater.end();
        }
    }

    byte[] packed() {
        return packed.clone();
    }

    String text() {
        return unpacked().text;
    }

    List<Field> fields() {
        return unpacked().fields;
    }

    /** @param owner the dtype of these fields */
    List<Leaf> leaves(Dtype owner) {
        List<Leaf> known = leaves;
        if (known == null) {
            known = Leaf.of(owner).scalars();
            leaves = known;
        }
        return known;
    }

    /** Not synchronised: concurrent threads may parse the same text, with equal results. */
    private Unpacked unpacked() {
        Unpacked known = unpacked;
        if (known == null) {
            try {
                String text = unpack(packed);
                List<Field> fields = Dtype.parse(text, ByteOrder.LITTLE_ENDIAN).fields();
                known = new Unpacked(text, fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            unpacked = known;
        }
        return known;
    }
}
