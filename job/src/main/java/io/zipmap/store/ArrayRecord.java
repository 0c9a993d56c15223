package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What crosses process boundaries in place of an array: where it lies, what it is and what it can be made from again. Under
 * 1 KB serialised, whatever the array's size. Immutable.
 */
public final class ArrayRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Bytes that may cross. */
    private static final int MOST_BYTES = 1024;

    private final ArchiveRef archive;
    private final int entryIndex;
    private final @Nullable String entry;
    private final String method;
    private final long crc32;
    private final ArrayLayout layout;
    private final String host;
    private final String path;
    private final long offset;
    private final Placement placed;
    private final long following;

    /**
     * Says where an array lies.
     *
     * @param entryIndex place of the entry in the archive's directory, from 0
     * @param entry its name; null for a bare array file
     * @param method how the archive has it, as {@code inspect} prints it
     * @param crc32 of the entry's bytes; -1 when the archive does not say
     * @param host whose file {@code path} is
     * @param offset of the first element in that file, in bytes
     */
    public ArrayRecord(
            ArchiveRef archive,
            int entryIndex,
            @Nullable String entry,
            String method,
            long crc32,
            ArrayLayout layout,
            String host,
            String path,
            long offset,
            Placement placed) {
        this(archive, entryIndex, entry, method, crc32, layout, host, path, offset, placed, 0);
    }

    private ArrayRecord(
            ArchiveRef archive,
            int entryIndex,
            @Nullable String entry,
            String method,
            long crc32,
            ArrayLayout layout,
            String host,
            String path,
            long offset,
            Placement placed,
            long following) {
        this.archive = archive;
        this.entryIndex = entryIndex;
        this.entry = entry;
        this.method = method;
        this.crc32 = crc32;
        this.layout = layout;
        this.host = host;
        this.path = path;
        this.offset = offset;
        this.placed = placed;
        this.following = following;
    }

    public ArchiveRef archive() {
        return archive;
    }

    public int entryIndex() {
        return entryIndex;
    }

    public @Nullable String entry() {
        return entry;
    }

    public String method() {
        return method;
    }

    public long crc32() {
        return crc32;
    }

    public ArrayLayout layout() {
        return layout;
    }

    public String host() {
        return host;
    }

    public String path() {
        return path;
    }

    public long offset() {
        return offset;
    }

    /** Bytes of all elements. */
    public long bytes() {
        return layout.bytes();
    }

    public Placement placed() {
        return placed;
    }

    /** Bytes of the entry behind the last element. */
    long following() {
        return following;
    }

    /** This array in an entry that has more bytes behind it. */
    ArrayRecord followedBy(long bytes) {
        return new ArrayRecord(archive, entryIndex, entry, method, crc32, layout, host, path, offset, placed, bytes);
    }

    /** This array somewhere else: healed, or found on another host. */
    public ArrayRecord at(String newHost, String newPath, long newOffset, Placement newPlaced) {
        return new ArrayRecord(
                archive, entryIndex, entry, method, crc32, layout, newHost, newPath, newOffset, newPlaced, following);
    }

    /**
     * To be asked before the record crosses: of all that is in it, the text of a structured dtype alone grows without need.
     *
     * @throws ZipmapException {@code DTYPE_TOO_LONG} when it makes the record larger than 1 KB
     */
    public ArrayRecord requireSmall() throws IOException {
        Dtype dtype = layout.dtype();
        if (dtype.kind() == Dtype.Kind.STRUCT) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(MOST_BYTES);
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(this);
            }
            if (bytes.size() > MOST_BYTES) {
                throw new ZipmapException(
                                Condition.DTYPE_TOO_LONG,
                                "Cannot put so long a dtype into a record: "
                                        + dtype.leaves().size() + " fields")
                        .expected("at most " + MOST_BYTES + " bytes of record, " + dtype.pack().length
                                + " of which the dtype takes")
                        .actual(bytes.size() + " bytes")
                        .advice(
                                "Query the archive with SQL, which has no such limit, or save fewer fields in an array.");
            }
        }
        return this;
    }

    /** Class descriptors of all the parts would be most of what crosses. */
    private Object writeReplace() {
        return new RecordForm(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayRecord that
                && archive.equals(that.archive)
                && entryIndex == that.entryIndex
                && Objects.equals(entry, that.entry)
                && method.equals(that.method)
                && crc32 == that.crc32
                && layout.equals(that.layout)
                && host.equals(that.host)
                && path.equals(that.path)
                && offset == that.offset
                && placed == that.placed
                && following == that.following;
    }

    @Override
    public int hashCode() {
        return Objects.hash(archive, entryIndex, entry, method, crc32, layout, host, path, offset, placed, following);
    }

    @Override
    public String toString() {
        String name = entry == null ? archive.uri() : archive.uri() + "!" + entry;
        return name + ": " + layout + " " + placed.label() + " at " + host + ":" + path + "+" + offset;
    }
}
