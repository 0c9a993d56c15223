package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open archive: lists the entries of a zip file and reads them. Entries are found by the central directory alone
 * (APPNOTE.TXT 6.3.10). A bare .npy file counts as an archive of one entry; the first bytes of the file decide which it
 * is, not its name. Closing the archive closes its source. Not thread-safe.
 *
 * <p>{@link #open} throws if the directory cannot be trusted. A fault of one entry is thrown when that entry is read,
 * so the other entries stay readable.
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
            String digest,
            ArchiveLimits limits,
            InflaterKind inflater,
            List<ArchiveEntry> entries,
            @Nullable EntryExtents extents)
            throws ZipmapException {
        this.source = source;
        this.ref = checkDigest(source.ref(), digest);
        this.limits = limits;
        this.inflater = inflater;
        this.entries = entries;
        this.extents = extents;
    }

    /** Opens an archive with {@link InflaterKind#AUTO}. */
    public static Archive open(ByteSource source, ArchiveLimits limits) throws IOException {
        return open(source, limits, InflaterKind.AUTO);
    }

    /**
     * Opens an archive and reads its directory. The archive takes over the source, and closes it if opening fails.
     *
     * @throws ZipmapException {@code NOT_AN_ARCHIVE}, {@code ARCHIVE_TRUNCATED}, {@code ARCHIVE_MALFORMED},
     *     {@code ARCHIVE_SPANNED}, {@code ENTRIES_OVERLAP}, {@code LIMIT_ENTRIES}, {@code LIMIT_ARCHIVE_BYTES};
     *     {@code SOURCE_CHANGED} if the source's ref has another content digest
     * @throws IOException if the source cannot be read
     */
    public static Archive open(ByteSource source, ArchiveLimits limits, InflaterKind inflater) throws IOException {
        Archive archive = null;
        try {
            archive = readDirectory(source, limits, inflater);
            return archive;
        } catch (ZipmapException e) {
            throw e.archive(source.ref().uri());
        } finally {
            if (archive == null) {
                source.close();
            }
        }
    }

    private static Archive readDirectory(ByteSource opened, ArchiveLimits limits, InflaterKind inflater)
            throws IOException {
        ByteSource source = BufferedSource.of(opened);
        FileSignature signature = FileSignature.of(source);
        if (signature.isNpy()) {
            limits.checkArchive(source.length());
            List<ArchiveEntry> single = List.of(ArchiveEntry.bare(source.length()));
            return new Archive(source, ZipDirectoryDigest.of(single), limits, inflater, single, null);
        }
        ZipTail tail = ZipTail.of(source);
        ZipEndRecord end = ZipEndRecord.find(tail);
        if (end == null || end.shift() > 0) {
            FileSignature.refuseTar(source);
        }
        if (end == null) {
            throw signature.noEndRecord();
        }
        List<ArchiveEntry> all = ZipDirectory.read(tail, end, limits);
        EntryExtents extents = EntryExtents.of(all, end.start());
        List<ArchiveEntry> entries = withoutFolders(all);
        limits.checkArchive(declaredBytes(entries));
        return new Archive(source, ZipDirectoryDigest.of(all), limits, inflater, entries, extents);
    }

    /** Without a stream, because most archives of a large input have one entry. */
    private static List<ArchiveEntry> withoutFolders(List<ArchiveEntry> all) {
        List<ArchiveEntry> files = new ArrayList<>(all.size());
        for (ArchiveEntry entry : all) {
            if (!entry.isFolder()) {
                files.add(entry);
            }
        }
        return Collections.unmodifiableList(files);
    }

    /** Total decoded size of all entries: an upper bound, since a reader gives at most what its entry declares. */
    private static long declaredBytes(List<ArchiveEntry> entries) {
        long sum = 0;
        for (ArchiveEntry entry : entries) {
            sum = entry.size() > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + entry.size();
        }
        return sum;
    }

    /** Notices a file that was replaced by another of the same length and time: the directory differs. */
    private static ArchiveRef checkDigest(ArchiveRef ref, String digest) throws ZipmapException {
        if (!ref.contentDigest().isEmpty() && !ref.contentDigest().equals(digest)) {
            throw new ZipmapException(
                            Condition.SOURCE_CHANGED, "Cannot read an archive that was replaced: " + ref.plainPath())
                    .expected("directory digest " + ref.contentDigest())
                    .actual("directory digest " + digest + ", of the same length and time")
                    .advice("Run again to read the new archive.");
        }
        return ref.withContentDigest(digest);
    }

    /** The opened archive's URI, length, version and content digest. */
    public ArchiveRef ref() {
        return ref;
    }

    /** All entries except folders, in directory order. An entry is listed even if reading it will fail. */
    public List<ArchiveEntry> entries() {
        return entries;
    }

    /**
     * Opens an entry for reading. Close the reader before the archive.
     *
     * @throws ZipmapException {@code ENTRY_NAME_INVALID}, {@code ENTRY_IS_SYMLINK}, {@code ENTRY_ENCRYPTED},
     *     {@code METHOD_UNSUPPORTED}, {@code LIMIT_ENTRY_BYTES}, {@code SIZE_MISMATCH}, {@code ARCHIVE_MALFORMED},
     *     {@code ENTRIES_OVERLAP}, {@code INFLATER_UNAVAILABLE}
     * @throws IOException if the source cannot be read
     */
    public EntryReader read(ArchiveEntry entry) throws IOException {
        try {
            Decoder.Factory decoder = checkReadable(entry);
            CompressedBytes in = new CompressedBytes(source, locate(entry), entry.compressedSize());
            return new EntryReader(ref().uri(), entry, in, decoder.open(in, entry));
        } catch (ZipmapException e) {
            throw e.archive(ref().uri()).entry(entry.name());
        }
    }

    /**
     * Whether an entry begins with the .npy signature. True as well if its first bytes cannot be decoded: reading the
     * entry then reports the fault.
     *
     * @throws IOException if the source cannot be read
     */
    public boolean mayBeNpy(ArchiveEntry entry) throws IOException {
        try (EntryReader reader = read(entry)) {
            return FileSignature.of(reader).isNpy();
        } catch (ZipmapException e) {
            return true;
        }
    }

    /**
     * Offset in the file of the first data byte of a stored entry, for mapping it in place. The data is not checked.
     *
     * @throws ZipmapException as {@link #read} does; {@code IN_PLACE_IMPOSSIBLE} if the entry is not stored
     * @throws IOException if the source cannot be read
     */
    public long dataOffset(ArchiveEntry entry) throws IOException {
        try {
            checkReadable(entry);
            if (!entry.isStored()) {
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

    private Decoder.Factory checkReadable(ArchiveEntry entry) throws ZipmapException {
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
        Decoder.Factory decoder = CompressionMethods.decoder(entry.method(), inflater);
        limits.checkEntry(entry.size());
        if (entry.isStored() && entry.size() != entry.compressedSize()) {
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
