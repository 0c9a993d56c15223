package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.scratch.FileAttributes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens archives, and tells a bad archive from a sound one that was replaced while it was read. The second is
 * {@code SOURCE_CHANGED}. Thread-safe.
 */
final class ArchiveAccess {
    /** Conditions that a sound archive may raise if it is overwritten while it is read. */
    private static final Set<Condition> MAYBE_CHANGED = Set.of(
            Condition.NOT_AN_ARCHIVE,
            Condition.ARCHIVE_TRUNCATED,
            Condition.ARCHIVE_MALFORMED,
            Condition.ENTRIES_OVERLAP,
            Condition.ENTRY_TRUNCATED,
            Condition.DATA_CORRUPT,
            Condition.SIZE_MISMATCH,
            Condition.CRC_MISMATCH,
            Condition.HEADER_INVALID,
            Condition.SHAPE_MISMATCH,
            Condition.LAYOUT_REQUIRED);

    private final ArchiveOpener opener;
    private final ExtractRules rules;
    private final OpenedArchives opened;

    ArchiveAccess(ArchiveOpener opener, ExtractRules rules, OpenedArchives opened) {
        this.opener = opener;
        this.rules = rules;
        this.opened = opened;
    }

    /**
     * Opens an archive and reads its directory. The caller closes it.
     *
     * @throws ZipmapException as {@link Archive#open} and {@link ArchiveOpener#open} do; {@code SOURCE_CHANGED} if the
     *     archive was replaced meanwhile
     */
    Archive open(ArchiveRef ref) throws IOException {
        Optional<Path> local = local(ref);
        FileAttributes before = local.isPresent() ? fileAt(local.get()) : null;
        Archive archive;
        try {
            archive = Archive.open(opener.open(ref), rules.limits(), rules.inflater());
        } catch (ZipmapException e) {
            throw unlessChanged(e, ref, before);
        }
        boolean unchanged = false;
        try {
            // The directory is of this generation. From now on its checksums hold the entries to the same generation.
            // The same file before and after the open is the file whose version was checked by the open.
            FileAttributes after = local.isPresent() ? fileAt(local.get()) : null;
            if (before == null || !before.equals(after)) {
                requireVersion(ref);
            }
            if (before != null) {
                requireSame(archive.ref(), before, after);
                opened.put(archive.ref(), before);
            }
            unchanged = true;
            return archive;
        } finally {
            if (!unchanged) {
                archive.close();
            }
        }
    }

    /** @throws ZipmapException {@code SOURCE_CHANGED} unless the file system still has this version of the archive */
    void requireVersion(ArchiveRef ref) throws IOException {
        opener.open(ref).close();
    }

    /**
     * Checks, after an entry was read, that all its bytes are of one generation of the archive. Its checksum has proved
     * this already; for an entry without a checksum, the version of the archive is compared.
     */
    void requireUnchanged(ArchiveRef ref, ArchiveEntry entry) throws IOException {
        if (entry.crc32().isEmpty()) {
            requireVersion(ref);
        }
    }

    /**
     * Returns an error that an open archive raised, for the caller to throw.
     *
     * @throws ZipmapException {@code SOURCE_CHANGED} in its place, if the archive was replaced meanwhile
     */
    ZipmapException unlessChanged(ZipmapException e, ArchiveRef ref) throws IOException {
        return unlessChanged(e, ref, fileWhenOpened(ref));
    }

    private ZipmapException unlessChanged(ZipmapException e, ArchiveRef ref, @Nullable FileAttributes before)
            throws IOException {
        if (MAYBE_CHANGED.contains(e.condition())) {
            requireVersion(ref);
            if (before != null) {
                requireSame(ref, before, fileOf(ref));
            }
        }
        return e;
    }

    /** The path of an archive on a disk of this node; empty if it is somewhere else. */
    Optional<Path> local(ArchiveRef ref) throws IOException {
        return opener.local(ref.uri());
    }

    /** The file of a local archive as it is now; null if the archive is not local or is gone. */
    @Nullable
    FileAttributes fileOf(ArchiveRef ref) throws IOException {
        Optional<Path> local = local(ref);
        return local.isPresent() ? fileAt(local.get()) : null;
    }

    /** The file of a local archive as it was when {@link #open} read the directory; null if that is not known. */
    @Nullable
    FileAttributes fileWhenOpened(ArchiveRef ref) {
        return opened.get(ref);
    }

    /** The file that a path leads to; null if there is none, or if only opening it can tell why it is unreadable. */
    static @Nullable FileAttributes fileAt(Path path) throws IOException {
        try {
            return FileAttributes.readTargetIfExists(path);
        } catch (FileSystemException e) {
            return null;
        }
    }

    /** @throws ZipmapException {@code SOURCE_CHANGED} unless {@code now} is the same file, not written to since */
    static void requireSame(ArchiveRef ref, FileAttributes before, @Nullable FileAttributes now)
            throws ZipmapException {
        if (!before.equals(now)) {
            throw new ZipmapException(
                            Condition.SOURCE_CHANGED, "Cannot read an archive that was replaced: " + ref.plainPath())
                    .archive(ref.uri())
                    .expected("the file that was opened")
                    .actual("another one, or written to since")
                    .advice("Run again to read the new archive.");
        }
    }

    /** @throws ZipmapException {@code SOURCE_CHANGED} if the archive has no such entry now */
    static ArchiveEntry entryOf(Archive archive, ArrayRecord record) throws ZipmapException {
        return archive.entries().stream()
                .filter(entry -> entry.index() == record.entryIndex())
                .filter(entry -> entry.crc32().orElse(-1) == record.crc32())
                .findFirst()
                .orElseThrow(
                        () -> new ZipmapException(Condition.SOURCE_CHANGED, "Cannot find an entry: it was replaced")
                                .archive(record.archive().uri())
                                .entry(record.entry()));
    }
}
