package io.zipmap.stats;

import java.util.Arrays;

/**
 * Numbers groups of rows by their keys, from 0 on, in the order in which the keys appear, and counts the rows of each.
 * Keys of at most 16 bits are looked up in a table, others hashed. Not thread-safe.
 */
public final class GroupKeys {
    /** Memory that one group takes at least. */
    public static final int BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private static final int TABLE_BITS = 16;
    private static final int FIRST_SLOTS = 1024;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final boolean isTable;
    private final long mask;

    /** Number of the group plus 1, by key or by slot; 0 for none. */
    private int[] slots;

    private long[] keys = new long[64];
    private long[] counts = new long[64];
    private int size;

    /** @param bits that keys have at most; higher ones are ignored */
    public GroupKeys(int bits) {
        isTable = bits <= TABLE_BITS;
        mask = bits == Long.SIZE ? -1 : (1L << bits) - 1;
        slots = new int[isTable ? 1 << bits : FIRST_SLOTS];
    }

    /**
     * Finds the groups of rows, adds those that are new, and counts the rows.
     *
     * @param rowKeys by row number
     * @param groups receives the number of the group of each row
     */
    public void add(long[] rowKeys, int[] rows, int count, int[] groups) {
        if (isTable) {
            for (int j = 0; j < count; j++) {
                int key = (int) (rowKeys[rows[j]] & mask);
                int found = slots[key];
                if (found == 0) {
                    found = append(key);
                    slots[key] = found;
                }
                groups[j] = found - 1;
                counts[found - 1]++;
            }
        } else {
            for (int j = 0; j < count; j++) {
                int found = find(rowKeys[rows[j]] & mask);
                groups[j] = found - 1;
                counts[found - 1]++;
            }
        }
    }

    private int find(long key) {
        int slot = slot(key, slots.length);
        while (slots[slot] != 0) {
            if (keys[slots[slot] - 1] == key) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int added = append(key);
        slots[slot] = added;
        if (size > slots.length / 2) {
            slots = new int[2 * slots.length];
            for (int i = 0; i < size; i++) {
                int free = slot(keys[i], slots.length);
                while (slots[free] != 0) {
                    free = (free + 1) & (slots.length - 1);
                }
                slots[free] = i + 1;
            }
        }
        return added;
    }

    private static int slot(long key, int slots) {
        return (int) ((key * GOLDEN) >>> (Long.SIZE - Integer.numberOfTrailingZeros(slots)));
    }

    private int append(long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        keys[size] = key;
        size++;
        return size;
    }

    /** The number of groups. */
    public int size() {
        return size;
    }

    /** The key of a group, as an unsigned number. */
    public long key(int group) {
        return keys[group];
    }

    /** The number of rows of a group. */
    public long count(int group) {
        return counts[group];
    }

    /** Forgets all groups. */
    public void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(counts, 0);
        size = 0;
    }
}
