package io.zipmap.store;

import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What crosses process boundaries in place of an array: where it lies, what it is and what it can be made from again. Under
 * 1 KB serialised, whatever the array's size. Immutable.
 */
public final class ArrayRecord implements Serializable {
    private static final long serialVersionUID = 1L;

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

    /** This array somewhere else: healed, or found on another host. */
    public ArrayRecord at(String newHost, String newPath, long newOffset, Placement newPlaced) {
        return new ArrayRecord(
                archive, entryIndex, entry, method, crc32, layout, newHost, newPath, newOffset, newPlaced);
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
                && placed == that.placed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(archive, entryIndex, entry, method, crc32, layout, host, path, offset, placed);
    }

    @Override
    public String toString() {
        String name = entry == null ? archive.uri() : archive.uri() + "!" + entry;
        return name + ": " + layout + " " + placed.label() + " at " + host + ":" + path + "+" + offset;
    }
}
