package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.archive.Archive;
import io.zipmap.archive.ArchiveEntry;
import io.zipmap.archive.ArchiveRef;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Leaf;
import io.zipmap.array.RawLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The array of one entry, held open on this node for as long as a scan goes over it. It heals itself: a read that meets a damaged
 * file makes it again from its archive, at most twice, and reads again. One thread at a time.
 */
public final class HeldArray implements Closeable {
    private final ArrayStore store;
    private final RecordMemo.Slot slot;
    private final boolean made;
    private Lying lying;
    private @Nullable MappedArray array;
    private @Nullable Object fileKey;
    private long mappedBefore;
    private int heals;

    private HeldArray(ArrayStore store, RecordMemo.Slot slot, boolean made, Lying lying) {
        this.store = store;
        this.slot = slot;
        this.made = made;
        this.lying = lying;
    }

    /**
     * The array of one entry, extracted when this node does not have it yet.
     *
     * @param entryIndex place of the entry in the archive's directory
     * @param raw what it is when it does not say so itself, whatever the rules of the store say
     * @throws ZipmapException with archive and entry, as extraction and mapping throw it
     */
    public static HeldArray open(
            ArrayStore access, ArchiveRef archive, int entryIndex, @Nullable String entry, RawLayout raw)
            throws IOException {
        ArrayStore store =
                new ArrayStore(access.scratch, access.opener, access.rules.raw(raw), access.windowBytes, access.host);
        try {
            RecordMemo.Slot slot = store.scratch.memo().slot(archive, entryIndex, store.rules);
            HeldArray held = known(store, slot);
            held = held != null ? held : make(store, slot, archive, entryIndex);
            held.map();
            return held;
        } catch (ZipmapException e) {
            throw e.archive(archive.uri()).entry(entry);
        }
    }

    private static @Nullable HeldArray known(ArrayStore store, RecordMemo.Slot slot) {
        ArrayRecord record = slot.record();
        return record == null
                ? null
                : new HeldArray(store, slot, false, new Lying(record, store.scratch.use(Path.of(record.path()))));
    }

    private static HeldArray make(ArrayStore store, RecordMemo.Slot slot, ArchiveRef ref, int entryIndex)
            throws IOException {
        slot.lock();
        try {
            HeldArray known = known(store, slot);
            if (known != null) {
                return known;
            }
            try (Archive archive = store.open(ref)) {
                ArchiveEntry entry = archive.entries().stream()
                        .filter(candidate -> candidate.index() == entryIndex)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("No entry " + entryIndex + " in " + ref));
                Lying lying = store.lay(archive, entry, false);
                slot.put(lying.record());
                return new HeldArray(store, slot, true, lying);
            }
        } finally {
            slot.unlock();
        }
    }

    private void map() throws IOException {
        boolean mapped = false;
        try {
            while (array == null) {
                try {
                    // Taken before the open: what is opened is this file or a later one, and later ones are sound.
                    fileKey = fileKey();
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
        Lying sound = store.heal(lying.record());
        lying.close();
        lying = sound;
        slot.put(sound.record());
        heals++;
    }

    public ArrayLayout layout() {
        return lying.record().layout();
    }

    /** Bytes that were written to scratch for this: 0 when the array lay ready. */
    public long extractedBytes() {
        ArrayRecord record = lying.record();
        boolean wrote = record.placed() == Placement.EXTRACTED && (made || heals > 0);
        return wrote ? record.bytes() : 0;
    }

    /** Whether nothing had to be done before the array could be mapped. */
    public boolean reused() {
        return heals == 0 && (!made || lying.record().placed() == Placement.REUSED);
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
    public void read(Strip strip, Leaf leaf, ElementBuffer into) throws IOException {
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
     * The zone map of a part of this array. It is kept in a file beside the array, made by the first who asks on this node.
     *
     * @param part says which part it is of and how it is made: with the array and its layout, all that decides the bytes
     * @param bytes of the zone map, exactly
     * @return null when scratch has no room for it, or nothing could tell later whether it was made of damaged bytes: of an
     *     extracted entry that has no checksum
     */
    public @Nullable ByteBuffer zones(String part, int bytes, ZoneMaker maker) throws IOException {
        ArrayRecord record = lying.record();
        if (record.placed() != Placement.IN_PLACE && record.crc32() < 0) {
            return null;
        }
        String name = ScratchName.ofZones(record, record.layout() + ", " + part);
        Content content = Content.checked(name, ZoneFile.bytes(bytes), file -> ZoneFile.read(file) != null);
        FileMaker file = out -> out.write(ZoneFile.of(name, read((mapped, again) -> ofRight(mapped, maker))));
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

    /** It stays when the array is healed, so it must be of what the archive has, whatever a query was told to verify. */
    private ByteBuffer ofRight(MappedArray mapped, ZoneMaker maker) throws IOException {
        requireRight();
        ByteBuffer zones = maker.zones(mapped);
        requireRight();
        return zones;
    }

    private void requireRight() throws IOException {
        requireUnchanged();
        ArrayRecord record = lying.record();
        if (record.placed() == Placement.IN_PLACE) {
            return;
        }
        if (!store.scratch.isRight(Path.of(record.path()), record.crc32())) {
            throw ArrayStore.damaged(record)
                    .expected(String.format("CRC-32 %08x", record.crc32()))
                    .actual("another one: its bytes were changed");
        }
        if (!Objects.equals(fileKey, fileKey())) {
            throw ArrayStore.damaged(record)
                    .expected("the file that was opened")
                    .actual("another one since");
        }
    }

    private @Nullable Object fileKey() throws IOException {
        Inode inode = Inode.at(Path.of(lying.record().path()));
        return inode == null ? null : inode.key();
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
