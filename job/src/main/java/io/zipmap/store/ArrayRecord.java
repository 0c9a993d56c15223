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
 * The description of one array that crosses process boundaries in place of the array: the archive and entry it comes
 * from, its layout, and the host, file and offset to map it at. Serialised it takes at most 1 KB, whatever the size of
 * the array. Immutable.
 */
public final class ArrayRecord implements ArrayDescription, Serializable {
    private static final long serialVersionUID = 1L;

    /** Most bytes of a serialised record. */
    private static final int MOST_BYTES = 1024;

    /**
     * A record with at most this many bytes of texts, dtype and shape is small enough. The rest of it has a fixed size.
     */
    private static final int SURELY_SMALL = 512;

    /** The start of a local archive's URI, before its path. */
    private static final String LOCAL = "file://";

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
     * A record of an entry that ends with its array.
     *
     * @param entryIndex place of the entry in the archive's directory, from 0
     * @param entry name of the entry; null for a bare array file
     * @param method compression method of the entry, as {@code inspect} prints it
     * @param crc32 of the entry's bytes; -1 if the archive has none
     * @param host the node on which {@code path} names the file
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
        this.path = isPathOf(archive.uri(), path) ? "" : path;
        this.offset = offset;
        this.placed = placed;
        this.following = following;
    }

    @Override
    public ArchiveRef archive() {
        return archive;
    }

    @Override
    public int entryIndex() {
        return entryIndex;
    }

    @Override
    public @Nullable String entry() {
        return entry;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public long crc32() {
        return crc32;
    }

    @Override
    public ArrayLayout layout() {
        return layout;
    }

    public String host() {
        return host;
    }

    public String path() {
        return path.isEmpty() ? archive.uri().substring(LOCAL.length()) : path;
    }

    /** The path as it is serialised: empty if it follows from the archive's URI. */
    String storedPath() {
        return path;
    }

    /** Whether the URI contains the path, as for an array in place: a long path then crosses once only. */
    private static boolean isPathOf(String uri, String path) {
        return uri.length() == LOCAL.length() + path.length() && uri.startsWith(LOCAL) && uri.endsWith(path);
    }

    public long offset() {
        return offset;
    }

    /** Bytes of all elements. */
    public long bytes() {
        return layout.bytes();
    }

    /** Size of the file at {@link #path}. */
    public long fileBytes() {
        return placed == Placement.IN_PLACE ? archive.length() : offset + bytes() + following;
    }

    public Placement placed() {
        return placed;
    }

    /** Bytes of the entry after the last element. */
    long following() {
        return following;
    }

    /** A copy of this record for an entry with {@code bytes} bytes after its array. */
    ArrayRecord followedBy(long bytes) {
        return new ArrayRecord(archive, entryIndex, entry, method, crc32, layout, host, path(), offset, placed, bytes);
    }

    /**
     * Checks the size of this record before it crosses, since names and structured dtypes may have any length.
     *
     * @return this
     * @throws ZipmapException {@code DTYPE_TOO_LONG}, {@code NAME_TOO_LONG} if the record is larger than 1 KB
     */
    public ArrayRecord requireSmall() throws IOException {
        Dtype dtype = layout.dtype();
        int dtypeBytes = dtype.kind() == Dtype.Kind.STRUCT ? dtype.pack().length : 0;
        int names = utf8Bytes(archive.uri()) + (entry == null ? 0 : utf8Bytes(entry)) + utf8Bytes(path);
        int others =
                utf8Bytes(host) + utf8Bytes(archive.version()) + layout.shape().dimensions() * Long.BYTES;
        if (names + dtypeBytes + others > SURELY_SMALL) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(MOST_BYTES);
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(this);
            }
            if (bytes.size() > MOST_BYTES) {
                throw (names > dtypeBytes ? tooLongNames(names) : tooLong(dtype, dtypeBytes))
                        .actual(bytes.size() + " bytes")
                        .advice("Query the archive with SQL, which has no such limit, or save it with "
                                + (names > dtypeBytes ? "shorter names." : "fewer fields in an array."));
            }
        }
        return this;
    }

    private static ZipmapException tooLong(Dtype dtype, int bytes) {
        return new ZipmapException(
                        Condition.DTYPE_TOO_LONG,
                        "Cannot put so long a dtype into a record: "
                                + dtype.leaves().size() + " fields")
                .expected("at most " + MOST_BYTES + " bytes of record, " + bytes + " of which the dtype takes");
    }

    private ZipmapException tooLongNames(int bytes) {
        return new ZipmapException(
                        Condition.NAME_TOO_LONG,
                        "Cannot put so long names into a record: " + bytes + " bytes of archive, entry " + entryIndex
                                + " and file")
                .expected("at most " + MOST_BYTES + " bytes of record");
    }

    private static int utf8Bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    /** The class descriptors of all parts would take more bytes than their values. */
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
        String name = entry == null ? archive.plainPath() : archive.plainPath() + "!" + entry;
        return name + ": " + layout + " " + placed.label() + " at " + host + ":" + path() + "+" + offset;
    }
}
