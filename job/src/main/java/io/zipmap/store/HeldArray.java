package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Leaf;
import io.zipmap.array.RawLayout;
import io.zipmap.mapped.ArrayReader;
import io.zipmap.mapped.ElementBuffer;
import io.zipmap.mapped.MappedArray;
import io.zipmap.mapped.StridedRange;
import io.zipmap.scratch.ContentWriter;
import io.zipmap.scratch.FileAttributes;
import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.ScratchFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The array of one entry, held open on this node for as long as a scan goes over it. It heals itself: a read that meets
 * a damaged file makes it again from its archive, at most twice, and reads again. One thread at a time.
 */
public final class HeldArray implements Closeable {
    private final ArrayStore store;
    private final ReadyRecord ready;
    private PinnedRecord lying;
    private @Nullable MappedArray array;
    private @Nullable FileAttributes opened;
    private long mappedBefore;
    private int heals;

    private HeldArray(ArrayStore store, ReadyRecord ready, PinnedRecord lying) {
        this.store = store;
        this.ready = ready;
        this.lying = lying;
    }

    /**
     * The array of one entry, extracted when this node does not have it yet.
     *
     * @param entryIndex place of the entry in the archive's directory
     * @param raw what it is when it does not say so itself, whatever the rules of the store say
     * @param reader a number for all that shall be read of one and the same file; negative when that is this array
     *     alone
     * @throws ZipmapException with archive and entry, as extraction and mapping throw it
     */
    public static HeldArray open(
            ArrayStore access, ArchiveRef archive, int entryIndex, @Nullable String entry, RawLayout raw, long reader)
            throws IOException {
        ArrayStore store =
                new ArrayStore(access.files, access.opener, access.rules.raw(raw), access.windowBytes, access.host);
        try {
            ReadyRecord ready = new ReadyRecord(store, archive, entryIndex, reader);
            HeldArray held = new HeldArray(store, ready, ready.find());
            held.map();
            return held;
        } catch (ZipmapException e) {
            throw e.archive(archive.uri()).entry(entry);
        }
    }

    private void map() throws IOException {
        boolean mapped = false;
        try {
            while (array == null) {
                try {
                    // Taken before the open: what is opened is this file or a later one, and later ones are sound.
                    opened = look();
                    array = store.map(lying.record());
                } catch (ZipmapException e) {
                    heal(e);
                }
            }
            mapped = true;
        } finally {
            if (!mapped) {
                lying.close();
            }
        }
    }

    private void heal(ZipmapException e) throws IOException {
        if (e.condition() != Condition.SCRATCH_DAMAGED || heals == ArrayStore.HEALS) {
            throw e;
        }
        PinnedRecord sound = store.heal(lying.record());
        lying.close();
        lying = sound;
        ready.put(sound.record());
        heals++;
    }

    public ArrayLayout layout() {
        return lying.record().layout();
    }

    /** Bytes that were written to scratch for this: 0 when the array lay ready. */
    public long extractedBytes() {
        ArrayRecord record = lying.record();
        boolean wrote = record.placed() == Placement.EXTRACTED && (ready.isMade() || heals > 0);
        return wrote ? record.bytes() : 0;
    }

    /** Whether nothing had to be done before the array could be mapped. */
    public boolean reused() {
        return heals == 0 && (!ready.isMade() || lying.record().placed() == Placement.REUSED);
    }

    /** How often it was made again. */
    public int heals() {
        return heals;
    }

    /** Bytes of all mappings made so far. */
    public long mappedBytes() {
        return mappedBefore + (array == null ? 0 : array.mappedBytes());
    }

    /** Copies one leaf of a strip. What the buffer held before is lost, also when this fails. */
    public void read(StridedRange strip, Leaf leaf, ElementBuffer into) throws IOException {
        while (true) {
            MappedArray open = mapped();
            try {
                open.read(strip, leaf, into);
                return;
            } catch (ZipmapException e) {
                mapAgain(open, e);
            }
        }
    }

    /** Lets {@code reader} read: again from the start, when the array had to be healed meanwhile. */
    public <R> R read(ArrayReader<R> reader) throws IOException {
        while (true) {
            MappedArray open = mapped();
            try {
                return reader.read(open, heals);
            } catch (ZipmapException e) {
                mapAgain(open, e);
            }
        }
    }

    /**
     * The zone map of a part of this array. It is kept in a file beside the array, made by the first who asks on this
     * node.
     *
     * @param part says which part it is of and how it is made: with the array and its layout, all that decides the
     *     bytes
     * @param bytes of the zone map, exactly
     * @return null when scratch has no room for it, or nothing could tell later whether it is of the same bytes: of an
     *     extracted entry that has no checksum, and of a file that is mapped in place and may still change without a
     *     trace
     */
    public @Nullable ByteBuffer zones(String part, int bytes, ZoneMaker maker) throws IOException {
        ArrayRecord record = lying.record();
        String all = record.layout() + ", " + part;
        String name;
        if (record.placed() != Placement.IN_PLACE) {
            if (record.crc32() < 0) {
                return null;
            }
            name = ArrayFileName.ofZones(record, all);
        } else {
            FileAttributes file = opened;
            if (file == null || !store.isSettled(record, file)) {
                return null;
            }
            name = ArrayFileName.ofZones(record, all, file);
        }
        FileExpectation content =
                FileExpectation.optional(name, ZoneFile.bytes(bytes), file -> ZoneFile.read(file) != null);
        ContentWriter file = out -> out.write(ZoneFile.of(name, read((mapped, again) -> ofRight(mapped, maker))));
        try (ScratchFile found = store.scratch.obtain(content, file)) {
            return ZoneFile.read(found.path());
        } catch (ZipmapException e) {
            boolean full = e.condition() == Condition.SCRATCH_FULL || e.condition() == Condition.SCRATCH_UNUSABLE;
            if (!full || array == null) {
                throw e;
            }
            return null;
        }
    }

    /**
     * It stays when the array is healed, so it must be of what the archive has, whatever a query was told to verify.
     */
    private ByteBuffer ofRight(MappedArray mapped, ZoneMaker maker) throws IOException {
        requireRight();
        ByteBuffer zones = maker.zones(mapped);
        requireRight();
        return zones;
    }

    private void requireRight() throws IOException {
        requireUnchanged();
        ArrayRecord record = lying.record();
        FileAttributes file = opened;
        if (record.placed() == Placement.IN_PLACE) {
            if (file != null) {
                LocalArchives.requireSame(record.archive(), file, look());
            }
            return;
        }
        if (!store.hasItsChecksum(record)) {
            throw ArrayStore.damaged(record)
                    .expected(String.format("CRC-32 %08x", record.crc32()))
                    .actual("another one: its bytes were changed");
        }
        FileAttributes now = look();
        if (file == null || now == null || !file.fileKey().equals(now.fileKey())) {
            throw ArrayStore.damaged(record)
                    .expected("the file that was opened")
                    .actual("another one since");
        }
    }

    /** Null where there is no file, which mapping finds out too. */
    private @Nullable FileAttributes look() throws IOException {
        return LocalArchives.look(Path.of(lying.record().path()));
    }

    private MappedArray mapped() {
        MappedArray open = array;
        if (open == null) {
            throw new IllegalStateException("Cannot read an array that is not held any more");
        }
        return open;
    }

    private void mapAgain(MappedArray open, ZipmapException e) throws IOException {
        mappedBefore = mappedBytes();
        array = null;
        open.close();
        heal(e);
        map();
    }

    /**
     * To be called when all was read.
     *
     * @throws ZipmapException {@code SOURCE_CHANGED} when that was of an archive that has been replaced meanwhile
     */
    public void requireUnchanged() throws IOException {
        store.requireUnchanged(lying.record());
    }

    @Override
    public void close() throws IOException {
        MappedArray open = array;
        array = null;
        if (open != null) {
            try {
                open.close();
            } finally {
                lying.close();
            }
        }
    }
}
