package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.mapped.ArrayReader;
import io.zipmap.mapped.MappedArray;
import io.zipmap.scratch.ContentWriter;
import io.zipmap.scratch.FileAttributes;
import io.zipmap.scratch.FileCheck;
import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From archives to records, and from records to mapped arrays. A record whose file is not on this node, or not sound,
 * is healed: extracted again from its archive, at most twice. What is read is of the generation of the archive that the
 * record names, from the first byte to the last, or it is {@code SOURCE_CHANGED}.
 */
public final class ArrayStore {
    static final int HEALS = 2;
    /** What an archive that is written to while it is read may look like. */
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

    final NodeFiles files;
    final Scratch scratch;
    final ArchiveOpener opener;
    final ExtractRules rules;
    final int windowBytes;
    final String host;
    private final InPlaceArrays inPlace;
    private final KeptChecksums sums;

    /**
     * @param windowBytes most bytes of one mapping
     * @param host this node's name, as records give it
     */
    public ArrayStore(NodeFiles files, ArchiveOpener opener, ExtractRules rules, int windowBytes, String host) {
        this.files = files;
        this.scratch = files.scratch();
        this.opener = opener;
        this.rules = rules;
        this.windowBytes = windowBytes;
        this.host = host;
        this.inPlace = new InPlaceArrays(this);
        this.sums = new KeptChecksums(scratch);
    }

    /**
     * Opens an archive of which this extracts.
     *
     * @throws ZipmapException as {@link Archive#open} and {@link ArchiveOpener#open} do
     */
    public Archive open(ArchiveRef ref) throws IOException {
        FileAttributes before = LocalArchives.look(opener, ref);
        Archive archive;
        try {
            archive = Archive.open(opener.open(ref), rules.limits(), rules.inflater());
        } catch (ZipmapException e) {
            throw unlessChanged(ref, before, e);
        }
        boolean unchanged = false;
        try {
            // From here on the checksums of the directory, which is of this generation, hold its entries to it.
            opener.open(ref).close();
            files.archives().open(opener, archive.ref(), before);
            unchanged = true;
            return archive;
        } finally {
            if (!unchanged) {
                archive.close();
            }
        }
    }

    /**
     * Makes one entry's array ready to be mapped on this node, in place or in scratch.
     *
     * @throws ZipmapException when the entry is bad, or the scratch of this node is
     */
    public ArrayRecord extract(Archive archive, ArchiveEntry entry) throws IOException {
        try (PinnedRecord lying = lay(archive, entry, false)) {
            return lying.record();
        }
    }

    PinnedRecord lay(Archive archive, ArchiveEntry entry, boolean lost) throws IOException {
        Optional<Path> lies = inPlace.placeOf(archive, entry);
        try (ArrayStart start = ArrayStart.open(archive, entry, rules)) {
            if (lies.isPresent()) {
                inPlace.checkOnce(archive, entry, start);
                long offset = archive.dataOffset(entry) + start.offset();
                return new PinnedRecord(record(archive, entry, start, lies.get(), offset, Placement.IN_PLACE));
            }
            Extraction extraction = new Extraction(archive, entry, rules, start);
            ContentWriter maker = out -> {
                extraction.write(out);
                requireUnchanged(archive.ref(), entry);
            };
            String name = ArrayFileName.of(archive.ref(), entry, start.npy());
            ScratchFile file = lost
                    ? scratch.restore(
                            FileExpectation.lost(
                                    name, entry.size(), look(entry.crc32().orElse(-1))),
                            maker)
                    : scratch.obtain(FileExpectation.of(name, entry.size()), maker);
            if (scratch.keeps() && !file.reused() && entry.crc32().isEmpty()) {
                sums.put(file.path());
            }
            Placement placed = file.reused() ? Placement.REUSED : Placement.EXTRACTED;
            return new PinnedRecord(record(archive, entry, start, file.path(), start.offset(), placed), file);
        } catch (ZipmapException e) {
            throw unlessChanged(archive.ref(), files.archives().opened(archive.ref()), e);
        }
    }

    /** A checksum that was right is of one generation. Where there is none, the file system's word has to do. */
    void requireUnchanged(ArchiveRef archive, ArchiveEntry entry) throws IOException {
        if (entry.crc32().isEmpty()) {
            opener.open(archive).close();
        }
    }

    /** An archive that was sound until it was replaced under the reader is not a bad archive. */
    private ZipmapException unlessChanged(ArchiveRef archive, @Nullable FileAttributes before, ZipmapException e)
            throws IOException {
        if (MAYBE_CHANGED.contains(e.condition())) {
            opener.open(archive).close();
            if (before != null) {
                LocalArchives.requireSame(archive, before, LocalArchives.look(opener, archive));
            }
        }
        return e;
    }

    private ArrayRecord record(
            Archive archive, ArchiveEntry entry, ArrayStart start, Path path, long offset, Placement placement) {
        return new ArrayRecord(
                        archive.ref(),
                        entry.index(),
                        entry.name(),
                        entry.methodName(),
                        entry.crc32().orElse(-1),
                        start.layout(),
                        host,
                        path.toString(),
                        offset,
                        placement)
                .followedBy(start.following());
    }

    /**
     * Maps a record's array for as long as {@code reader} reads.
     *
     * @throws ZipmapException {@code SCRATCH_DAMAGED} when healing did not help; {@code SOURCE_CHANGED},
     *     {@code SOURCE_MISSING} when it cannot be healed; else what extraction throws
     */
    public <R> R read(ArrayRecord record, ArrayReader<R> reader) throws IOException {
        PinnedRecord lying = new PinnedRecord(record, scratch.pin(Path.of(record.path())));
        for (int heals = 0; ; heals++) {
            try (PinnedRecord held = lying) {
                return read(held, reader, heals);
            } catch (ZipmapException e) {
                if (e.condition() != Condition.SCRATCH_DAMAGED || heals == HEALS) {
                    throw e;
                }
            }
            lying = heal(lying.record());
        }
    }

    private <R> R read(PinnedRecord lying, ArrayReader<R> reader, int heals) throws IOException {
        R result;
        try (MappedArray array = map(lying.record())) {
            result = reader.read(array, heals);
        }
        requireUnchanged(lying.record());
        return result;
    }

    MappedArray map(ArrayRecord record) throws IOException {
        requireUnchanged(record);
        check(record);
        return MappedArray.open(Path.of(record.path()), record.offset(), record.layout(), windowBytes);
    }

    /** What was extracted is ours; what is mapped in place is the archive itself. */
    void requireUnchanged(ArrayRecord record) throws IOException {
        if (record.placed() == Placement.IN_PLACE) {
            inPlace.requireUnchanged(record);
        }
    }

    /** False for a bare array on a disk of this node that may still change without a trace: it has no checksum. */
    public boolean isSettled(Archive archive) throws IOException {
        FileAttributes file = files.archives().opened(archive.ref());
        Optional<Path> path = opener.local(archive.ref().uri());
        boolean bare = archive.entries().stream().anyMatch(entry -> entry.name() == null);
        return !bare || file == null || path.isEmpty() || inPlace.isSettled(path.get(), file);
    }

    boolean isSettled(ArrayRecord record, FileAttributes file) throws IOException {
        return inPlace.isSettled(Path.of(record.path()), file);
    }

    /** Looks at the file itself before anything is opened: an open waits for ever on a FIFO. */
    private void check(ArrayRecord record) throws IOException {
        boolean crc = rules.verify() == Verify.CRC;
        Path path = Path.of(record.path());
        if (record.placed() == Placement.IN_PLACE) {
            if (crc && record.crc32() >= 0) {
                inPlace.requireRight(record);
            }
            return;
        }
        FileAttributes inode = inode(record, path);
        long size = record.offset() + record.bytes() + record.following();
        if (!inode.isSealedFile() || inode.size() != size) {
            throw damaged(record)
                    .expected("a file of this user with mode 0400, " + size + " bytes")
                    .actual(inode + ", " + inode.size() + " bytes");
        }
        if (!(crc && record.crc32() >= 0 ? hasItsChecksum(record) : isTrusted(record))) {
            throw damaged(record)
                    .expected(record.crc32() < 0 ? "the CRC-32 it had" : String.format("CRC-32 %08x", record.crc32()))
                    .actual("another one: its bytes were changed");
        }
    }

    /** Null where there is no checksum to hold a file to. */
    private @Nullable FileCheck look(long crc32) {
        if (crc32 >= 0) {
            return FileCheck.crc32(crc32);
        }
        return scratch.keeps() ? sums::isRight : null;
    }

    boolean hasItsChecksum(ArrayRecord record) throws IOException {
        return scratch.verified().verifyFile(Path.of(record.path()), FileCheck.crc32(record.crc32()));
    }

    /** A file that another process wrote was on a disk for who knows how long: it is read once before it is trusted. */
    private boolean isTrusted(ArrayRecord record) throws IOException {
        FileCheck look = scratch.keeps() ? look(record.crc32()) : null;
        return look == null || scratch.verified().verifyKeptFile(Path.of(record.path()), look);
    }

    private static FileAttributes inode(ArrayRecord record, Path path) throws IOException {
        try {
            FileAttributes inode = FileAttributes.readIfExists(path);
            if (inode != null) {
                return inode;
            }
        } catch (FileSystemException e) {
            // Its folder is no folder any more, or no longer ours, or its disk fails.
            throw damaged(record).because(e);
        }
        throw new ZipmapException(Condition.SCRATCH_DAMAGED, "Cannot find an extracted array: " + record.path());
    }

    static ZipmapException damaged(ArrayRecord record) {
        return new ZipmapException(Condition.SCRATCH_DAMAGED, "Cannot use an extracted array: " + record.path())
                .advice("See what else writes to scratch, or name other folders with --scratch.");
    }

    /** What lies under the record's name is not sound or not here; the archive is. */
    PinnedRecord heal(ArrayRecord record) throws IOException {
        try (Archive archive = open(record.archive())) {
            return lay(archive, entry(archive, record), true);
        } catch (ZipmapException e) {
            if (e.condition().blame() != Condition.Blame.INPUT) {
                throw e;
            }
            throw e.instead("Cannot make a lost file again from its archive: " + record.path())
                    .archive(record.archive().uri())
                    .entry(record.entry());
        }
    }

    static ArchiveEntry entry(Archive archive, ArrayRecord record) throws ZipmapException {
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
