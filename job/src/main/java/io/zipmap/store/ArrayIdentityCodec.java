package io.zipmap.store;

import io.zipmap.IoConsumer;
import io.zipmap.IoSupplier;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The packed form of what identifies an array: its archive, its entry and its layout. The caller decides how texts are
 * written, because an object stream writes a repeated text only once.
 */
public final class ArrayIdentityCodec {
    /** A packed dtype of at least this length has its length in four more bytes. */
    private static final int LONG_DTYPE = 0xFFFF;

    private ArrayIdentityCodec() {}

    /** @param texts writes a text of any length to {@code out} */
    public static void writeArchive(DataOutput out, IoConsumer<String> texts, ArchiveRef archive) throws IOException {
        texts.accept(archive.uri());
        out.writeLong(archive.length());
        texts.accept(archive.version());
        texts.accept(archive.contentDigest());
    }

    /** @param texts reads a text from {@code in} */
    public static ArchiveRef readArchive(DataInput in, IoSupplier<String> texts) throws IOException {
        return new ArchiveRef(texts.get(), in.readLong(), texts.get()).withContentDigest(texts.get());
    }

    /** @param entry null for a bare array file */
    public static void writeEntry(DataOutput out, IoConsumer<String> texts, @Nullable String entry) throws IOException {
        out.writeBoolean(entry != null);
        if (entry != null) {
            texts.accept(entry);
        }
    }

    /** @return null for a bare array file */
    public static @Nullable String readEntry(DataInput in, IoSupplier<String> texts) throws IOException {
        return in.readBoolean() ? texts.get() : null;
    }

    public static void writeLayout(DataOutput out, ArrayLayout layout) throws IOException {
        byte[] dtype = layout.dtype().pack();
        out.writeShort(Math.min(dtype.length, LONG_DTYPE));
        if (dtype.length >= LONG_DTYPE) {
            out.writeInt(dtype.length);
        }
        out.write(dtype);
        out.writeBoolean(layout.order() == Order.C);
        out.writeByte(layout.shape().dimensions());
        for (long axis : layout.shape().toArray()) {
            out.writeLong(axis);
        }
    }

    public static ArrayLayout readLayout(DataInput in) throws IOException {
        int length = in.readUnsignedShort();
        byte[] packed = new byte[length == LONG_DTYPE ? in.readInt() : length];
        in.readFully(packed);
        Dtype dtype = Dtype.unpack(packed);
        Order order = in.readBoolean() ? Order.C : Order.FORTRAN;
        long[] axes = new long[in.readUnsignedByte()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = in.readLong();
        }
        return new ArrayLayout(dtype, Shape.of(axes), order);
    }
}
