package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From archives to records, and from records to mapped arrays. A record whose file is not on this node, or not sound, is
 * healed: extracted again from its archive, at most twice.
 */
public final class ArrayStore {
    static final int HEALS = 2;

    private final Scratch scratch;
    private final ArchiveOpener opener;
    private final ExtractRules rules;
    private final int windowBytes;
    private final String host;

    /**
     * @param windowBytes most bytes of one mapping
     * @param host this node's name, as records give it
     */
    public ArrayStore(Scratch scratch, ArchiveOpener opener, ExtractRules rules, int windowBytes, String host) {
        this.scratch = scratch;
        this.opener = opener;
        this.rules = rules;
        this.windowBytes = windowBytes;
        this.host = host;
    }

    /**
     * Makes one entry's array ready to be mapped on this node, in place or in scratch.
     *
     * @throws ZipmapException when the entry is bad, or the scratch of this node is
     */
    public ArrayRecord extract(Archive archive, ArchiveEntry entry) throws IOException {
        Optional<Path> lies = placeOf(archive, entry);
        try (ArrayStart start = ArrayStart.open(archive, entry, rules.raw())) {
            if (lies.isPresent()) {
                start.verify();
                long offset = archive.dataOffset(entry) + start.offset();
                return record(archive, entry, start, lies.get(), offset, Placement.IN_PLACE);
            }
            String name = ScratchName.of(archive.ref(), entry, start.npy());
            ScratchFile file = scratch.obtain(name, entry.size(), start::copyTo);
            Placement placed = file.reused() ? Placement.REUSED : Placement.EXTRACTED;
            return record(archive, entry, start, file.path(), start.offset(), placed);
        }
    }

    /** A bare array file on a local disk lies as an extracted one would: there is nothing to extract, whatever was said. */
    private Optional<Path> placeOf(Archive archive, ArchiveEntry entry) throws ZipmapException {
        Optional<Path> local = opener.local(archive.ref().uri());
        if (entry.name() == null && local.isPresent()) {
            return local;
        }
        boolean possible = entry.stored() && local.isPresent();
        if (rules.inPlace() == InPlace.ALWAYS && !possible) {
            throw new ZipmapException(Condition.IN_PLACE_IMPOSSIBLE, "Cannot map an entry in place")
                    .expected("a stored entry of a local archive")
                    .actual(entry.methodName() + (local.isPresent() ? ", local" : ", remote"))
                    .advice("Use --in-place auto.");
        }
        return rules.inPlace() == InPlace.NEVER || !possible ? Optional.empty() : local;
    }

    private ArrayRecord record(
            Archive archive, ArchiveEntry entry, ArrayStart start, Path path, long offset, Placement placed) {
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
                placed);
    }

    /**
     * Maps a record's array for as long as {@code reader} reads.
     *
     * @throws ZipmapException {@code SCRATCH_DAMAGED} when healing did not help; else what extraction throws
     */
    public <R> R read(ArrayRecord record, ArrayReader<R> reader) throws IOException {
        ArrayRecord current = record;
        for (int heals = 0; ; heals++) {
            try (MappedArray array = map(current)) {
                return reader.read(array, heals);
            } catch (ZipmapException e) {
                if (e.condition() != Condition.SCRATCH_DAMAGED || heals == HEALS) {
                    throw e;
                }
            }
            current = heal(current);
        }
    }

    /**
     * The array of one entry, extracted when this node does not have it yet, and held open.
     *
     * @param entryIndex place of the entry in the archive's directory
     * @throws ZipmapException with archive and entry, as extraction and mapping throw it
     */
    public HeldArray hold(ArchiveRef archive, int entryIndex, @Nullable String entry) throws IOException {
        try {
            RecordMemo.Slot slot = scratch.memo().slot(key(archive, entryIndex));
            ArrayRecord known = slot.record();
            return known != null ? HeldArray.open(this, slot, false, known) : obtain(slot, archive, entryIndex);
        } catch (ZipmapException e) {
            throw e.archive(archive.uri()).entry(entry);
        }
    }

    private String key(ArchiveRef archive, int entryIndex) {
        return String.join(
                "\0",
                archive.toString(),
                Integer.toString(entryIndex),
                rules.inPlace().name(),
                String.valueOf(rules.raw()));
    }

    private HeldArray obtain(RecordMemo.Slot slot, ArchiveRef ref, int entryIndex) throws IOException {
        slot.lock();
        try {
            ArrayRecord known = slot.record();
            if (known != null) {
                return HeldArray.open(this, slot, false, known);
            }
            try (Archive archive = Archive.open(opener.open(ref), rules.limits())) {
                ArchiveEntry entry = archive.entries().stream()
                        .filter(candidate -> candidate.index() == entryIndex)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No entry " + entryIndex + " in " + ref));
                ArrayRecord made = extract(archive, entry);
                slot.put(made);
                return HeldArray.open(this, slot, true, made);
            }
        } finally {
            slot.unlock();
        }
    }

    MappedArray map(ArrayRecord record) throws IOException {
        if (record.placed() == Placement.IN_PLACE) {
            opener.open(record.archive()).close();
        }
        try {
            return MappedArray.open(Path.of(record.path()), record.offset(), record.layout(), windowBytes);
        } catch (NoSuchFileException e) {
            throw new ZipmapException(Condition.SCRATCH_DAMAGED, "Cannot find an extracted array: " + record.path())
                    .because(e);
        }
    }

    /** What lies under the record's name is not sound or not here; the archive is. */
    ArrayRecord heal(ArrayRecord record) throws IOException {
        try (Archive archive = Archive.open(opener.open(record.archive()), rules.limits())) {
            ArchiveEntry entry = archive.entries().stream()
                    .filter(candidate -> candidate.index() == record.entryIndex())
                    .findFirst()
                    .orElseThrow(() -> changed(record));
            if (entry.crc32().orElse(-1) != record.crc32()) {
                throw changed(record);
            }
            return extract(archive, entry);
        }
    }

    private static ZipmapException changed(ArrayRecord record) {
        return new ZipmapException(Condition.SOURCE_CHANGED, "Cannot heal an array: its entry was replaced")
                .archive(record.archive().uri())
                .entry(record.entry());
    }
}
