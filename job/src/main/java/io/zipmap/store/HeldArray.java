package io.zipmap.store;

import io.zipmap.IoFunction;
import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Leaf;
import io.zipmap.mapped.ElementBuffer;
import io.zipmap.mapped.MappedArray;
import io.zipmap.mapped.StridedRange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One array that a scan holds open on this node, mapped until it is closed. A read that meets a damaged file heals it,
 * at most twice for each held array, and reads again. Made by {@link ArrayStore#hold}. Not thread-safe.
 */
public final class HeldArray implements Closeable {
    private final RecordLookup lookup;
    private final HealingArray array;
    private final ZoneFiles zones;

    /** @param array closed by this */
    HeldArray(RecordLookup lookup, HealingArray array, ZoneFiles zones) {
        this.lookup = lookup;
        this.array = array;
        this.zones = zones;
    }

    /** The record that the array is mapped from. */
    public ArrayRecord record() {
        return array.record();
    }

    /** Keeps the file from being removed to make room, also after this is closed, as long as this process lives. */
    public void keepFile() {
        lookup.keepFile(array.record());
    }

    public ArrayLayout layout() {
        return array.record().layout();
    }

    /** Bytes that were written to scratch for this array; 0 if its file was there already. */
    public long extractedBytes() {
        ArrayRecord record = array.record();
        boolean written = record.placed() == Placement.EXTRACTED && (lookup.isExtracted() || array.heals() > 0);
        return written ? record.bytes() : 0;
    }

    /** Whether the array could be mapped without extraction or healing. */
    public boolean reused() {
        return array.heals() == 0 && (!lookup.isExtracted() || array.record().placed() == Placement.REUSED);
    }

    /** Number of times that the file was healed. */
    public int heals() {
        return array.heals();
    }

    /** Bytes of all mappings made so far. */
    public long mappedBytes() {
        return array.mappedBytes();
    }

    /**
     * Copies one leaf of a range of elements, as {@link MappedArray#read(StridedRange, Leaf, ElementBuffer)} does. The
     * former content of the buffer is lost, even if this fails.
     */
    public void readRange(StridedRange range, Leaf leaf, ElementBuffer into) throws IOException {
        array.read((mapped, heals) -> {
            mapped.read(range, leaf, into);
            return into;
        });
    }

    /** Runs a reader, and again from the start after each healing. */
    public <R> R read(ArrayReader<R> reader) throws IOException {
        return array.read(reader);
    }

    /**
     * The zone map of a part of this array. Scratch keeps it in a file beside the array. The first caller on this node
     * makes it.
     *
     * @param part names the part and the way its zone map is made. Together with the array and its layout it decides
     *     the bytes
     * @param bytes exact size of the zone map
     * @param maker reads the part and makes the zone map; called again from the start after each healing
     * @return null if scratch has no room for the zone map; also null if nothing could tell later whether it is still
     *     of the same bytes: for an extracted entry without a checksum, and for a file that is mapped in place and may
     *     still change without a trace
     */
    public @Nullable ByteBuffer zones(String part, int bytes, IoFunction<MappedArray, ByteBuffer> maker)
            throws IOException {
        return zones.obtain(array, part, bytes, maker);
    }

    /**
     * To be called after the last read.
     *
     * @throws ZipmapException {@code SOURCE_CHANGED} if the array is mapped in place and its archive was replaced
     */
    public void requireUnchanged() throws IOException {
        array.requireUnchanged();
    }

    /** Closes the map, and lets scratch remove the file when it needs room. */
    @Override
    public void close() throws IOException {
        array.close();
    }
}
