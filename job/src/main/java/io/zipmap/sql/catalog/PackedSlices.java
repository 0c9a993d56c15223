package io.zipmap.sql.catalog;

import io.zipmap.IoSupplier;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.store.ArrayIdentityCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

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

    private static final ArchiveRef NONE = new ArchiveRef("", 0, "");

    private final int count;
    private final byte[] packed;

    private PackedSlices(int count, byte[] packed) {
        this.count = count;
        this.packed = packed;
    }

    public static PackedSlices pack(List<RowSlice> slices) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed))) {
            ArchiveRef last = NONE;
            for (RowSlice slice : slices) {
                List<FoundArray> arrays = slice.group().arrays();
                ArchiveRef archive = slice.group().archive();
                boolean sameArchive = archive.equals(last);
                out.writeByte((sameArchive ? SAME_ARCHIVE : 0) | (arrays.size() > 1 ? SEVERAL_ARRAYS : 0));
                if (!sameArchive) {
                    last = archive;
                    ArrayIdentityCodec.writeArchive(out, text -> writeText(out, text), last);
                }
                if (arrays.size() > 1) {
                    out.writeInt(arrays.size());
                }
                for (FoundArray array : arrays) {
                    out.writeInt(array.entryIndex());
                    ArrayIdentityCodec.writeEntry(out, text -> writeText(out, text), array.entry());
                    writeText(out, array.method());
                    out.writeLong(array.crc32());
                    ArrayIdentityCodec.writeLayout(out, array.layout());
                }
                out.writeLong(slice.fromRow());
                out.writeLong(slice.toRow());
            }
        }
        return new PackedSlices(slices.size(), packed.toByteArray());
    }

    /** Writes a text that may be longer than {@code writeUTF} allows. */
    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
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
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
            IoSupplier<String> texts = () -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            ArchiveRef archive = NONE;
            for (int i = 0; i < most; i++) {
                int marks = in.readByte();
                archive = (marks & SAME_ARCHIVE) != 0 ? archive : ArrayIdentityCodec.readArchive(in, texts);
                RowGroup group = (marks & SEVERAL_ARRAYS) != 0
                        ? readArrays(in, texts, archive)
                        : RowGroup.of(readArray(in, texts, archive));
                slices.add(new RowSlice(group, in.readLong(), in.readLong()));
            }
        }
        return slices;
    }

    private static RowGroup readArrays(DataInputStream in, IoSupplier<String> texts, ArchiveRef archive)
            throws IOException {
        int count = in.readInt();
        List<FoundArray> arrays = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            arrays.add(readArray(in, texts, archive));
        }
        return RowGroup.of(arrays);
    }

    private static FoundArray readArray(DataInputStream in, IoSupplier<String> texts, ArchiveRef archive)
            throws IOException {
        return new FoundArray(
                archive,
                in.readInt(),
                ArrayIdentityCodec.readEntry(in, texts),
                texts.get(),
                in.readLong(),
                ArrayIdentityCodec.readLayout(in));
    }

    int count() {
        return count;
    }
}
