package io.zipmap.store;

import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveOpener;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.RawLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from an archive to a record, and from a record to a mapped array, on one node. All bytes of an array are of
 * the generation of the archive that the record names, or the read fails with {@code SOURCE_CHANGED}. A read whose file
 * is missing or damaged heals it: the file is extracted again, at most twice. Thread-safe; needs no closing.
 */
public final class ArrayStore {
    private final NodeFiles node;
    private final ArchiveOpener opener;
    private final ExtractRules rules;
    private final int windowBytes;
    private final String host;
    private final ArchiveAccess archives;
    private final InPlaceArrays inPlace;
    private final ArrayVerifier verifier;
    private final ArrayExtractor extractor;

    /**
     * @param windowBytes most bytes of one mapping
     * @param host name of this node in the records
     */
    public ArrayStore(NodeFiles node, ArchiveOpener opener, ExtractRules rules, int windowBytes, String host) {
        this.node = node;
        this.opener = opener;
        this.rules = rules;
        this.windowBytes = windowBytes;
        this.host = host;
        ChecksumFiles checksums = new ChecksumFiles(node.scratch());
        this.archives = new ArchiveAccess(opener, rules, node.archives());
        this.inPlace = new InPlaceArrays(archives, rules, node);
        this.verifier = new ArrayVerifier(node.scratch(), checksums, inPlace, rules.verify());
        this.extractor = new ArrayExtractor(archives, inPlace, verifier, checksums, node.scratch(), rules, host);
    }

    /**
     * Opens an archive to extract from. The caller closes it.
     *
     * @throws ZipmapException as {@link Archive#open} and {@link ArchiveOpener#open} do
     */
    public Archive open(ArchiveRef ref) throws IOException {
        return archives.open(ref);
    }

    /**
     * Makes the array of an entry ready on this node, in place or in scratch, and describes it.
     *
     * @throws ZipmapException if the entry is bad, or the scratch of this node is
     */
    public ArrayRecord extract(Archive archive, ArchiveEntry entry) throws IOException {
        try (PinnedRecord pinned = extractor.extract(archive, entry)) {
            return pinned.record();
        }
    }

    /**
     * Maps the array of a record while {@code reader} runs. Runs the reader again from the start after each healing.
     *
     * @throws ZipmapException {@code SCRATCH_DAMAGED} if two healings did not help; {@code SOURCE_CHANGED},
     *     {@code SOURCE_MISSING} if the archive is not the same; also the errors of extraction
     */
    public <R> R read(ArrayRecord record, ArrayReader<R> reader) throws IOException {
        PinnedRecord pinned = new PinnedRecord(record, node.scratch().pin(Path.of(record.path())));
        try (HealingArray array = healing(pinned, healed -> {})) {
            R result = array.read(reader);
            array.requireUnchanged();
            return result;
        }
    }

    /**
     * Maps the array of an entry until the caller closes it. Extracts the entry if this node does not have it yet.
     *
     * @param entryIndex place of the entry in the archive's directory, from 0
     * @param entry name of the entry, for errors
     * @param raw layout of the entry if it has no .npy header, in place of the one in the rules
     * @param readerId the same number for all reads that must be of the same file; negative if there are no others
     * @throws ZipmapException with archive and entry, as extraction and mapping throw it
     */
    public HeldArray hold(ArchiveRef archive, int entryIndex, @Nullable String entry, RawLayout raw, long readerId)
            throws IOException {
        try {
            return new ArrayStore(node, opener, rules.raw(raw), windowBytes, host)
                    .findAndMap(archive, entryIndex, readerId);
        } catch (ZipmapException e) {
            throw e.archive(archive.uri()).entry(entry);
        }
    }

    private HeldArray findAndMap(ArchiveRef archive, int entryIndex, long readerId) throws IOException {
        RecordCache.CachedRecord cached = node.records().entry(archive, entryIndex, rules);
        RecordLookup lookup =
                new RecordLookup(archives, extractor, node.scratch(), archive, entryIndex, cached, readerId);
        HealingArray array = healing(lookup.findOrExtract(), lookup::remember);
        boolean mapped = false;
        try {
            array.map();
            mapped = true;
            return new HeldArray(lookup, array, new ZoneFiles(node.scratch(), inPlace));
        } finally {
            if (!mapped) {
                array.close();
            }
        }
    }

    private HealingArray healing(PinnedRecord pinned, Consumer<ArrayRecord> onHealed) {
        return new HealingArray(verifier, extractor, windowBytes, pinned, onHealed);
    }

    /** False for a bare array on a disk of this node, which has no checksum, if it may still change without a trace. */
    public boolean isSettled(Archive archive) throws IOException {
        return inPlace.isSettled(archive);
    }
}
