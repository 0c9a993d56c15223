package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open archive: a zip file read by its central directory alone (APPNOTE.TXT 6.3.10), or a bare .npy file, which
 * counts as an archive of one entry. What a file is, its content tells. Owns its source. One thread at a time.
 *
 * <p>A failure that belongs to one entry is thrown when that entry is read, so that the others can be had; what makes
 * the directory untrustworthy is thrown by {@link #open}.
 */
public final class Archive implements Closeable {
    private final ByteSource source;
    private final ArchiveRef ref;
    private final ArchiveLimits limits;
    private final InflaterKind inflater;
    private final List<ArchiveEntry> entries;
    private final @Nullable EntryExtents extents;

    private Archive(
            ByteSource source,
            String contents,
            ArchiveLimits limits,
            InflaterKind inflater,
            List<ArchiveEntry> entries,
            @Nullable EntryExtents extents)
            throws ZipmapException {
        this.source = source;
        this.ref = sameContents(source.ref(), contents);
        this.limits = limits;
        this.inflater = inflater;
        this.entries = entries;
        this.extents = extents;
    }

    /** As the other, with whatever inflater is the fastest here. */
    public static Archive open(ByteSource source, ArchiveLimits limits) throws IOException {
        return open(source, limits, InflaterKind.AUTO);
    }

    /**
     * Opens an archive and reads its directory. The source is closed with the archive, also when this fails.
     *
     * @throws ZipmapException {@code NOT_AN_ARCHIVE}, {@code ARCHIVE_TRUNCATED}, {@code ARCHIVE_MALFORMED},
     *     {@code ARCHIVE_SPANNED}, {@code ENTRIES_OVERLAP}, {@code LIMIT_ENTRIES}, {@code LIMIT_ARCHIVE_BYTES};
     *     {@code SOURCE_CHANGED} when the source's ref has other contents
     * @throws IOException when the source cannot be read
     */
    public static Archive open(ByteSource source, ArchiveLimits limits, InflaterKind inflater) throws IOException {
        Archive archive = null;
        try {
            archive = read(source, limits, inflater);
            return archive;
        } catch (ZipmapException e) {
            throw e.archive(source.ref().uri());
        } finally {
            if (archive == null) {
                source.close();
            }
        }
    }

    private static Archive read(ByteSource source, ArchiveLimits limits, InflaterKind inflater) throws IOException {
        FileSignature start = FileSignature.of(source);
        if (start.isNpy()) {
            limits.checkArchive(source.length());
            List<ArchiveEntry> one = List.of(ArchiveEntry.bare(source.length()));
            return new Archive(source, ZipDirectoryDigest.of(one), limits, inflater, one, null);
        }
        ZipTail tail = ZipTail.of(source);
        ZipEndRecord end = ZipEndRecord.find(tail);
        if (end == null) {
            throw start.noEndRecord();
        }
        List<ArchiveEntry> all = ZipDirectory.read(tail, end, limits);
        EntryExtents extents = EntryExtents.of(all, end.start());
        List<ArchiveEntry> entries =
                all.stream().filter(entry -> !entry.isFolder()).toList();
        limits.checkArchive(declaredBytes(entries));
        return new Archive(source, ZipDirectoryDigest.of(all), limits, inflater, entries, extents);
    }

    /** No reader gives more than its entry declares, so this bounds all that can be decoded. */
    private static long declaredBytes(List<ArchiveEntry> entries) {
        long sum = 0;
        for (ArchiveEntry entry : entries) {
            sum = entry.size() > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + entry.size();
        }
        return sum;
    }

    /** A file of the same length and time is still another one when its directory differs. */
    private static ArchiveRef sameContents(ArchiveRef ref, String found) throws ZipmapException {
        if (!ref.contents().isEmpty() && !ref.contents().equals(found)) {
            throw new ZipmapException(
                            Condition.SOURCE_CHANGED, "Cannot read an archive that was replaced: " + ref.uri())
                    .expected("a directory with the CRCs that it had, digest " + ref.contents())
                    .actual("another one of the same length and time, digest " + found)
                    .advice("Run again to read the new archive.");
        }
        return ref.contents(found);
    }

    /** What was opened, with its contents. */
    public ArchiveRef ref() {
        return ref;
    }

    /** Every entry but the folders, in the order of the directory; also those that can only be refused when read. */
    public List<ArchiveEntry> entries() {
        return entries;
    }

    /**
     * Opens an entry of this archive for reading.
     *
     * @throws ZipmapException {@code ENTRY_NAME_INVALID}, {@code ENTRY_IS_SYMLINK}, {@code ENTRY_ENCRYPTED},
     *     {@code METHOD_UNSUPPORTED}, {@code LIMIT_ENTRY_BYTES}, {@code SIZE_MISMATCH}, {@code ARCHIVE_MALFORMED},
     *     {@code ENTRIES_OVERLAP}, {@code INFLATER_UNAVAILABLE}
     * @throws IOException when the source cannot be read
     */
    public EntryReader read(ArchiveEntry entry) throws IOException {
        try {
            Decoder.Factory decoder = check(entry);
            CompressedBytes in = new CompressedBytes(source, locate(entry), entry.compressedSize());
            return new EntryReader(ref().uri(), entry, in, decoder.open(in, entry));
        } catch (ZipmapException e) {
            throw e.archive(ref().uri()).entry(entry.name());
        }
    }

    /**
     * Whether an entry begins as a .npy file, or cannot be read, which then is to be told.
     *
     * @throws IOException when the source cannot be read
     */
    public boolean mayBeNpy(ArchiveEntry entry) throws IOException {
        try (EntryReader reader = read(entry)) {
            return FileSignature.of(reader).isNpy();
        } catch (ZipmapException e) {
            return true;
        }
    }

    /**
     * Where the bytes of a stored entry begin in the file, for mapping them where they lie. Nothing of their content is
     * checked.
     *
     * @throws ZipmapException as {@link #read} does; {@code IN_PLACE_IMPOSSIBLE} when the entry is not stored
     * @throws IOException when the source cannot be read
     */
    public long dataOffset(ArchiveEntry entry) throws IOException {
        try {
            check(entry);
            if (!entry.stored()) {
                throw new ZipmapException(Condition.IN_PLACE_IMPOSSIBLE, "Cannot map a compressed entry in place")
                        .expected("method stored")
                        .actual("method " + entry.methodName());
            }
            return locate(entry);
        } catch (ZipmapException e) {
            throw e.archive(ref().uri()).entry(entry.name());
        }
    }

    private long locate(ArchiveEntry entry) throws IOException {
        return extents == null ? 0 : ZipLocalHeader.dataOffset(source, entry, extents);
    }

    private Decoder.Factory check(ArchiveEntry entry) throws ZipmapException {
        String name = entry.name();
        if (name != null && name.indexOf('\0') >= 0) {
            throw new ZipmapException(Condition.ENTRY_NAME_INVALID, "Invalid entry name: it has a NUL character");
        }
        if (entry.header().isSymlink()) {
            throw new ZipmapException(
                    Condition.ENTRY_IS_SYMLINK, "Cannot read a symbolic link: links are never followed");
        }
        if (entry.header().isEncrypted()) {
            throw new ZipmapException(Condition.ENTRY_ENCRYPTED, "Cannot read an encrypted entry")
                    .advice("Decrypt the archive first.");
        }
        Decoder.Factory decoder = Decoders.of(entry.method(), inflater);
        limits.checkEntry(entry.size());
        if (entry.stored() && entry.size() != entry.compressedSize()) {
            throw new ZipmapException(Condition.SIZE_MISMATCH, "Cannot trust a stored entry whose two sizes differ")
                    .expected(entry.size() + " bytes")
                    .actual(entry.compressedSize() + " bytes");
        }
        return decoder;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
