package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.scratch.ContentWriter;
import io.zipmap.scratch.FileCheck;
import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchFile;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes the record of an entry's array: checks the entry in place, or extracts it into scratch. Thread-safe, with an
 * archive per thread.
 */
final class ArrayExtractor {
    private final ArchiveAccess archives;
    private final InPlaceArrays inPlace;
    private final ArrayVerifier verifier;
    private final ChecksumFiles checksums;
    private final Scratch scratch;
    private final ExtractRules rules;
    private final String host;
    private final NpyHeaders headers = new NpyHeaders();

    ArrayExtractor(
            ArchiveAccess archives,
            InPlaceArrays inPlace,
            ArrayVerifier verifier,
            ChecksumFiles checksums,
            Scratch scratch,
            ExtractRules rules,
            String host) {
        this.archives = archives;
        this.inPlace = inPlace;
        this.verifier = verifier;
        this.checksums = checksums;
        this.scratch = scratch;
        this.rules = rules;
        this.host = host;
    }

    /** The record of an entry. A file that scratch already has under the entry's name is used. */
    PinnedRecord extract(Archive archive, ArchiveEntry entry) throws IOException {
        return extractEntry(archive, entry, false);
    }

    /**
     * Makes the missing or damaged file of a record again from its archive.
     *
     * @return the new record, which may name another file
     * @throws ZipmapException {@code SOURCE_CHANGED}, {@code SOURCE_MISSING} if the archive is not the same, else as
     *     {@link #extract} does
     */
    PinnedRecord heal(ArrayRecord record) throws IOException {
        try (Archive archive = archives.open(record.archive())) {
            return extractEntry(archive, ArchiveAccess.entryOf(archive, record), true);
        } catch (ZipmapException e) {
            if (e.condition().blame() != Condition.Blame.INPUT) {
                throw e;
            }
            throw e.rephrased("Cannot heal a file from its archive: " + record.path())
                    .archive(record.archive().uri())
                    .entry(record.entry());
        }
    }

    /** @param lost whether a file under the entry's name must be checked before it is used */
    private PinnedRecord extractEntry(Archive archive, ArchiveEntry entry, boolean lost) throws IOException {
        Optional<Path> local = inPlace.fileOf(archive, entry);
        try (ArrayStart start = ArrayStart.open(archive, entry, rules, headers)) {
            if (local.isPresent()) {
                inPlace.checkOnce(archive, entry, start);
                long offset = archive.dataOffset(entry) + start.offset();
                return new PinnedRecord(record(archive, entry, start, local.get(), offset, Placement.IN_PLACE));
            }
            ScratchFile file = obtain(archive, entry, start, lost);
            if (scratch.keeps() && !file.reused() && entry.crc32().isEmpty()) {
                checksums.write(file.path());
            }
            Placement placed = file.reused() ? Placement.REUSED : Placement.EXTRACTED;
            return new PinnedRecord(record(archive, entry, start, file.path(), start.offset(), placed), file);
        } catch (ZipmapException e) {
            throw archives.unlessChanged(e, archive.ref());
        }
    }

    private ScratchFile obtain(Archive archive, ArchiveEntry entry, ArrayStart start, boolean lost) throws IOException {
        String name = ArrayFileNames.ofExtracted(archive.ref(), entry, start.hasNpyHeader());
        ContentWriter writer = new EntryWriter(archive, entry, start);
        FileCheck check = lost ? verifier.contentCheck(entry.crc32().orElse(-1)) : null;
        if (lost) {
            return scratch.restore(FileExpectation.lost(name, entry.size(), check), writer);
        }
        FileExpectation expected = FileExpectation.of(name, entry.size());
        // An application extracts most entries once. Kept files are there from former applications.
        return scratch.keeps() ? scratch.obtain(expected, writer) : scratch.restore(expected, writer);
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
     * Writes one entry into a scratch file. The first attempt continues the read that {@link ArrayStart} began; another
     * attempt, after a disk failed, reads the entry again from the archive.
     */
    private final class EntryWriter implements ContentWriter {
        private final Archive archive;
        private final ArchiveEntry entry;
        private final ArrayStart start;
        private boolean started;

        /** @param start closed by the caller */
        EntryWriter(Archive archive, ArchiveEntry entry, ArrayStart start) {
            this.archive = archive;
            this.entry = entry;
            this.start = start;
        }

        @Override
        public void write(WritableByteChannel out) throws IOException {
            if (!started) {
                started = true;
                start.copyTo(out);
            } else {
                // Its decoder holds memory that the next one may need.
                start.close();
                try (ArrayStart again = ArrayStart.open(archive, entry, rules, headers)) {
                    again.copyTo(out);
                }
            }
            archives.requireUnchanged(archive.ref(), entry);
        }
    }
}
