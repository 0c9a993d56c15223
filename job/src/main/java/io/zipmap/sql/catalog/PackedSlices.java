package io.zipmap.sql.catalog;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
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
 * Pieces, packed: some thirty bytes each, since neighbours have most of their names in common. What the driver holds of
 * a table, and what a partition carries to its task. Immutable.
 */
public final class PackedSlices implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Pieces that are unpacked at a time. */
    public static final int MAX_SLICES = 512;

    private static final ArchiveRef NONE = new ArchiveRef("", 0, "");

    private final int count;
    private final byte[] packed;

    private PackedSlices(int count, byte[] packed) {
        this.count = count;
        this.packed = packed;
    }

    public static PackedSlices pack(List<ArraySlice> pieces) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed))) {
            ArchiveRef last = NONE;
            for (ArraySlice piece : pieces) {
                ArchiveRef archive = piece.array().archive();
                out.writeBoolean(archive.equals(last));
                if (!archive.equals(last)) {
                    write(out, archive.uri());
                    out.writeLong(archive.length());
                    write(out, archive.version());
                    write(out, archive.contentDigest());
                }
                last = archive;
                write(out, piece);
            }
        }
        return new PackedSlices(pieces.size(), packed.toByteArray());
    }

    private static void write(DataOutputStream out, ArraySlice piece) throws IOException {
        FoundArray array = piece.array();
        out.writeInt(array.entryIndex());
        out.writeBoolean(array.entry() != null);
        if (array.entry() != null) {
            write(out, array.entry());
        }
        write(out, array.layout().dtype().descr());
        out.writeBoolean(array.layout().order() == Order.C);
        out.writeByte(array.layout().shape().dimensions());
        for (long axis : array.layout().shape().toArray()) {
            out.writeLong(axis);
        }
        out.writeLong(piece.fromRow());
        out.writeLong(piece.toRow());
    }

    /** Names may be longer than {@code writeUTF} takes. */
    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public List<ArraySlice> unpack() throws IOException {
        List<ArraySlice> pieces = new ArrayList<>(count);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
            ArchiveRef archive = NONE;
            for (int i = 0; i < count; i++) {
                archive = in.readBoolean() ? archive : archive(in);
                pieces.add(piece(in, archive));
            }
        }
        return pieces;
    }

    private static ArchiveRef archive(DataInputStream in) throws IOException {
        return new ArchiveRef(text(in), in.readLong(), text(in)).withContentDigest(text(in));
    }

    private static ArraySlice piece(DataInputStream in, ArchiveRef archive) throws IOException {
        int index = in.readInt();
        String entry = in.readBoolean() ? text(in) : null;
        Dtype dtype = Dtype.parse(text(in));
        Order order = in.readBoolean() ? Order.C : Order.FORTRAN;
        long[] axes = new long[in.readUnsignedByte()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = in.readLong();
        }
        ArrayLayout layout = new ArrayLayout(dtype, Shape.of(axes), order);
        return new ArraySlice(new FoundArray(archive, index, entry, layout), in.readLong(), in.readLong());
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    int count() {
        return count;
    }
}
