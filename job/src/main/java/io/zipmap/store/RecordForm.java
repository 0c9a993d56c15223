package io.zipmap.store;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.jspecify.annotations.Nullable;

/** The serial form of an {@link ArrayRecord}: its values one after another, with a single class descriptor. */
final class RecordForm implements Externalizable {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ArrayRecord form;

    /** For deserialisation, which requires a public constructor. */
    public RecordForm() {}

    RecordForm(ArrayRecord form) {
        this.form = form;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        ArrayRecord record = value();
        ArrayLayout layout = record.layout();
        text(out, record.archive().uri());
        out.writeLong(record.archive().length());
        text(out, record.archive().version());
        text(out, record.archive().contentDigest());
        out.writeInt(record.entryIndex());
        text(out, record.entry());
        text(out, record.method());
        out.writeLong(record.crc32());
        byte[] dtype = layout.dtype().pack();
        out.writeShort(dtype.length);
        out.write(dtype);
        out.writeByte(layout.shape().dimensions());
        for (long axis : layout.shape().toArray()) {
            out.writeLong(axis);
        }
        text(out, layout.order().name());
        text(out, record.host());
        text(out, record.storedPath());
        out.writeLong(record.offset());
        text(out, record.placed().name());
        out.writeLong(record.following());
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        String uri = text(in);
        ArchiveRef archive = new ArchiveRef(uri, in.readLong(), text(in)).withContentDigest(text(in));
        int entryIndex = in.readInt();
        String entry = (String) in.readObject();
        String method = text(in);
        long crc32 = in.readLong();
        byte[] packed = new byte[in.readUnsignedShort()];
        in.readFully(packed);
        Dtype dtype = Dtype.unpack(packed);
        long[] axes = new long[in.readUnsignedByte()];
        for (int i = 0; i < axes.length; i++) {
            axes[i] = in.readLong();
        }
        ArrayLayout layout = new ArrayLayout(dtype, Shape.of(axes), Order.valueOf(text(in)));
        String host = text(in);
        String path = text(in);
        long offset = in.readLong();
        Placement placed = Placement.valueOf(text(in));
        form = new ArrayRecord(archive, entryIndex, entry, method, crc32, layout, host, path, offset, placed)
                .followedBy(in.readLong());
    }

    /** Writes an object, because {@code writeUTF} is limited to 64 KB and the name of an entry is not. */
    private static void text(ObjectOutput out, @Nullable String value) throws IOException {
        out.writeObject(value);
    }

    private static String text(ObjectInput in) throws IOException, ClassNotFoundException {
        if (in.readObject() instanceof String value) {
            return value;
        }
        throw new InvalidObjectException("Not an ArrayRecord");
    }

    private ArrayRecord value() throws InvalidObjectException {
        if (form == null) {
            throw new InvalidObjectException("Not an ArrayRecord");
        }
        return form;
    }

    private Object readResolve() throws InvalidObjectException {
        return value();
    }
}
