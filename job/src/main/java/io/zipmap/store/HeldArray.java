package io.zipmap.store;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.array.ArrayLayout;
import java.io.Closeable;
import java.io.IOException;

/**
 * The array of one entry, held open on this node for as long as a scan goes over it. It heals itself: a read that meets a damaged
 * file makes it again from its archive, at most twice, and reads again. One thread at a time.
 */
public final class HeldArray implements Closeable {
    private final ArrayStore store;
    private final RecordMemo.Slot slot;
    private final boolean made;
    private ArrayRecord record;
    private MappedArray array;
    private long mappedBefore;
    private int heals;

    private HeldArray(ArrayStore store, RecordMemo.Slot slot, boolean made, ArrayRecord record, MappedArray array) {
        this.store = store;
        this.slot = slot;
        this.made = made;
        this.record = record;
        this.array = array;
    }

    static HeldArray open(ArrayStore store, RecordMemo.Slot slot, boolean made, ArrayRecord record) throws IOException {
        ArrayRecord current = record;
        for (int heals = 0; ; heals++) {
            try {
                HeldArray held = new HeldArray(store, slot, made, current, store.map(current));
                held.heals = heals;
                return held;
            } catch (ZipmapException e) {
                current = healed(store, slot, current, heals, e);
            }
        }
    }

    private static ArrayRecord healed(
            ArrayStore store, RecordMemo.Slot slot, ArrayRecord damaged, int heals, ZipmapException e)
            throws IOException {
        if (e.condition() != Condition.SCRATCH_DAMAGED || heals == ArrayStore.HEALS) {
            throw e;
        }
        ArrayRecord sound = store.heal(damaged);
        slot.put(sound);
        return sound;
    }

    public ArrayLayout layout() {
        return array.layout();
    }

    /** Bytes that were written to scratch for this: 0 when the array lay ready. */
    public long extractedBytes() {
        boolean wrote = made && record.placed() == Placement.EXTRACTED || heals > 0;
        return wrote ? record.bytes() : 0;
    }

    /** Whether nothing had to be done before the array could be mapped. */
    public boolean reused() {
        return heals == 0 && (!made || record.placed() == Placement.REUSED);
    }

    /** How often it was made again. */
    public int heals() {
        return heals;
    }

    /** Bytes of all mappings made so far. */
    public long mappedBytes() {
        return mappedBefore + array.mappedBytes();
    }

    /** Copies a strip. What the buffer held before is lost, also when this fails. */
    public void read(Strip strip, ElementBuffer into) throws IOException {
        while (true) {
            try {
                array.read(strip, into);
                return;
            } catch (ZipmapException e) {
                mappedBefore = mappedBytes();
                array.close();
                record = healed(store, slot, record, heals, e);
                array = store.map(record);
                heals++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        array.close();
    }
}
