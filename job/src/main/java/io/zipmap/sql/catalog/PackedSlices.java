package io.zipmap.sql.catalog;

import io.zipmap.IoSupplier;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.store.ArrayIdentityCodec;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A compressed list of {@link RowSlice}s, about 35 bytes per slice, because neighbours share most of their names. The
 * driver holds the arrays of a table in this form, and a partition carries its slices to a task in it. Immutable.
 */
public final class PackedSlices implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The largest number of slices in one list, which bounds the memory that {@link #unpack} takes. */
    public static final int MAX_SLICES = 512;

    /** Of so many arrays, a list has no more slices than it needs to. */
    static final int MANY_ARRAYS = 4096;

    /** Marks before each slice. */
    private static final int SAME_ARCHIVE = 1;

    private static final int SEVERAL_ARRAYS = 2;

    /** Marks before each array: what it has in common with the array before. */
    private static final int SAME_ENTRY = 1;

    private static final int SAME_LAYOUT = 2;

    private static final ArchiveRef NONE = new ArchiveRef("", 0, "");

    private final int count;
    private final byte[] packed;

    private PackedSlices(int count, byte[] packed) {
        this.count = count;
        this.packed = packed;
    }

    public static PackedSlices pack(List<RowSlice> slices) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        Writer writer = new Writer(new DataOutputStream(plain));
        for (RowSlice slice : slices) {
            writer.write(slice);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        // At once: each small write would be a call of the native library.
        try (OutputStream deflated = new DeflaterOutputStream(packed)) {
            plain.writeTo(deflated);
        }
        return new PackedSlices(slices.size(), packed.toByteArray());
    }

    public List<RowSlice> unpack() throws IOException {
        return unpack(count);
    }

    /** The first slice. */
    RowSlice first() throws IOException {
        return unpack(1).get(0);
    }

    private List<RowSlice> unpack(int most) throws IOException {
        List<RowSlice> slices = new ArrayList<>(most);
        // Buffered: each small read would be a call of the native library.
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(packed))))) {
            Reader reader = new Reader(in);
            for (int i = 0; i < most; i++) {
                slices.add(reader.read());
            }
        }
        return slices;
    }

    int count() {
        return count;
    }

    /** Writes slices, each without what it has in common with the slice before. */
    private static final class Writer {
        private final DataOutputStream out;
        private ArchiveRef archive = NONE;
        private @Nullable FoundArray array;

        Writer(DataOutputStream out) {
            this.out = out;
        }

        void write(RowSlice slice) throws IOException {
            List<FoundArray> arrays = slice.group().arrays();
            boolean sameArchive = slice.group().archive().equals(archive);
            out.writeByte((sameArchive ? SAME_ARCHIVE : 0) | (arrays.size() > 1 ? SEVERAL_ARRAYS : 0));
            if (!sameArchive) {
                archive = slice.group().archive();
                ArrayIdentityCodec.writeArchive(out, this::writeText, archive);
            }
            if (arrays.size() > 1) {
                out.writeInt(arrays.size());
            }
            for (FoundArray one : arrays) {
                write(one);
            }
            out.writeLong(slice.fromRow());
            out.writeLong(slice.toRow());
        }

        private void write(FoundArray one) throws IOException {
            FoundArray last = array;
            boolean sameEntry = last != null && sameEntry(one, last);
            boolean sameLayout = last != null && one.layout().equals(last.layout());
            out.writeByte((sameEntry ? SAME_ENTRY : 0) | (sameLayout ? SAME_LAYOUT : 0));
            if (!sameEntry) {
                out.writeInt(one.entryIndex());
                ArrayIdentityCodec.writeEntry(out, this::writeText, one.entry());
                writeText(one.method());
            }
            out.writeLong(one.crc32());
            if (!sameLayout) {
                ArrayIdentityCodec.writeLayout(out, one.layout());
            }
            array = one;
        }

        private static boolean sameEntry(FoundArray one, FoundArray other) {
            return one.entryIndex() == other.entryIndex()
                    && Objects.equals(one.entry(), other.entry())
                    && one.method().equals(other.method());
        }

        /** Writes a text that may be longer than {@code writeUTF} allows. */
        private void writeText(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Reads what {@link Writer} wrote. */
    private static final class Reader {
        private final DataInputStream in;
        private final IoSupplier<String> texts;
        private ArchiveRef archive = NONE;
        private @Nullable FoundArray array;

        Reader(DataInputStream in) {
            this.in = in;
            this.texts = () -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        }

        RowSlice read() throws IOException {
            int marks = in.readByte();
            if ((marks & SAME_ARCHIVE) == 0) {
                archive = ArrayIdentityCodec.readArchive(in, texts);
            }
            RowGroup group = (marks & SEVERAL_ARRAYS) != 0 ? readArrays() : RowGroup.of(readArray());
            return new RowSlice(group, in.readLong(), in.readLong());
        }

        private RowGroup readArrays() throws IOException {
            int count = in.readInt();
            List<FoundArray> arrays = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                arrays.add(readArray());
            }
            return RowGroup.of(arrays);
        }

        private FoundArray readArray() throws IOException {
            int marks = in.readByte();
            FoundArray entry = (marks & SAME_ENTRY) != 0 ? array : null;
            FoundArray layout = (marks & SAME_LAYOUT) != 0 ? array : null;
            FoundArray one = new FoundArray(
                    archive,
                    entry == null ? in.readInt() : entry.entryIndex(),
                    entry == null ? ArrayIdentityCodec.readEntry(in, texts) : entry.entry(),
                    entry == null ? texts.get() : entry.method(),
                    in.readLong(),
                    layout == null ? ArrayIdentityCodec.readLayout(in) : layout.layout());
            array = one;
            return one;
        }
    }
}
