package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.IoFunction;
import io.zipmap.ZipmapException;
import io.zipmap.mapped.MappedArray;
import io.zipmap.scratch.FileAttributes;
import io.zipmap.scratch.FileExpectation;
import io.zipmap.scratch.Scratch;
import io.zipmap.scratch.ScratchFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds or makes zone maps. Scratch keeps each in a {@link CompanionFile} of its array. A zone file stays when the
 * array is healed, so a zone map is made of verified bytes only. Thread-safe.
 */
final class ZoneFiles {
    private final Scratch scratch;
    private final InPlaceArrays inPlace;

    ZoneFiles(Scratch scratch, InPlaceArrays inPlace) {
        this.scratch = scratch;
        this.inPlace = inPlace;
    }

    /**
     * The zone map of a part of an array, as {@link HeldArray#zones} describes it.
     *
     * @param array read to make the zone map; must be mapped
     */
    @Nullable
    ByteBuffer obtain(HealingArray array, String part, int bytes, IoFunction<MappedArray, ByteBuffer> maker)
            throws IOException {
        String name = name(array, part);
        if (name == null) {
            return null;
        }
        FileExpectation content =
                FileExpectation.optional(name, CompanionFile.bytes(bytes), file -> CompanionFile.read(file) != null);
        try (ScratchFile found =
                scratch.obtain(content, out -> out.write(CompanionFile.of(name, make(array, maker))))) {
            return CompanionFile.read(found.path());
        } catch (ZipmapException e) {
            boolean full = e.condition() == Condition.SCRATCH_FULL || e.condition() == Condition.SCRATCH_UNUSABLE;
            // If the array is not mapped, the read of the array failed, not the write of the zone file.
            if (!full || !array.isMapped()) {
                throw e;
            }
            return null;
        }
    }

    /** Null if nothing could tell later whether a zone map of this name is of the same bytes. */
    private @Nullable String name(HealingArray array, String part) throws IOException {
        ArrayRecord record = array.record();
        String key = record.layout() + ", " + part;
        if (record.placed() != Placement.IN_PLACE) {
            return record.crc32() < 0 ? null : ArrayFileNames.ofZones(record, key);
        }
        FileAttributes file = array.mappedFile();
        return file != null && inPlace.isSettled(Path.of(record.path()), file)
                ? ArrayFileNames.ofZonesInPlace(record, key, file)
                : null;
    }

    private static ByteBuffer make(HealingArray array, IoFunction<MappedArray, ByteBuffer> maker) throws IOException {
        return array.read((mapped, heals) -> {
            array.requireSound();
            ByteBuffer zones = maker.apply(mapped);
            array.requireSound();
            return zones;
        });
    }
}
