package io.zipmap.store;

import io.zipmap.IoSupplier;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.jspecify.annotations.Nullable;

/** The serial form of an {@link ArrayRecord}: its values one after another, with a single class descriptor. */
final class RecordForm implements Externalizable {
    private static final long serialVersionUID = 2L;

    private transient @Nullable ArrayRecord form;

    /** For deserialisation, which requires a public constructor. */
    public RecordForm() {}

    RecordForm(ArrayRecord form) {
        this.form = form;
    }

    /** Writes texts as objects, because {@code writeUTF} is limited to 64 KB and the name of an entry is not. */
    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        ArrayRecord record = value();
        ArrayIdentityCodec.writeArchive(out, out::writeObject, record.archive());
        out.writeInt(record.entryIndex());
        ArrayIdentityCodec.writeEntry(out, out::writeObject, record.entry());
        ArrayIdentityCodec.writeLayout(out, record.layout());
        out.writeObject(record.method());
        out.writeLong(record.crc32());
        out.writeObject(record.host());
        out.writeObject(record.storedPath());
        out.writeLong(record.offset());
        out.writeObject(record.placed().name());
        out.writeLong(record.following());
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        IoSupplier<String> texts = () -> text(in);
        ArchiveRef archive = ArrayIdentityCodec.readArchive(in, texts);
        int entryIndex = in.readInt();
        String entry = ArrayIdentityCodec.readEntry(in, texts);
        ArrayLayout layout = ArrayIdentityCodec.readLayout(in);
        String method = text(in);
        long crc32 = in.readLong();
        String host = text(in);
        String path = text(in);
        long offset = in.readLong();
        Placement placed = Placement.valueOf(text(in));
        form = new ArrayRecord(archive, entryIndex, entry, method, crc32, layout, host, path, offset, placed)
                .followedBy(in.readLong());
    }

    private static String text(ObjectInput in) throws IOException {
        try {
            if (in.readObject() instanceof String value) {
                return value;
            }
        } catch (ClassNotFoundException e) {
            throw (IOException) new InvalidObjectException("Not an ArrayRecord").initCause(e);
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
