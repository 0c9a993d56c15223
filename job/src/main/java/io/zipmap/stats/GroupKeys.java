package io.zipmap.stats;

import java.util.Arrays;

/**
 * Numbers groups of rows by their keys, from 0 on, in the order in which the keys appear, and counts the rows of each.
 * Keys near 0 are looked up in a table, others hashed. Not thread-safe.
 */
public final class GroupKeys {
    /** Memory that one group takes at least. */
    public static final int BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private static final int TABLE_BITS = 16;
    private static final int FIRST_SLOTS = 1024;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int tableSize;
    private final long mask;

    /** Number of the group plus 1, by {@link #index}; 0 for none. Empty before there is such a key. */
    private int[] table = {};

    /** The same by slot, for other keys, and how many they are. */
    private int[] slots = new int[FIRST_SLOTS];

    private int hashed;

    private long[] keys = new long[64];
    private long[] counts = new long[64];
    private int size;

    /** @param bits that keys have at most; higher ones are ignored */
    public GroupKeys(int bits) {
        tableSize = 1 << Math.min(bits, TABLE_BITS);
        mask = bits == Long.SIZE ? -1 : (1L << bits) - 1;
    }

    /**
     * Finds the groups of rows, adds those that are new, and counts the rows.
     *
     * @param rowKeys by row number
     * @param groups receives the number of the group of each row
     */
    public void add(long[] rowKeys, int[] rows, int count, int[] groups) {
        int[] known = table;
        long[] counted = counts;
        for (int j = 0; j < count; j++) {
            long key = rowKeys[rows[j]] & mask;
            long index = index(key);
            int found = index >= 0 && index < known.length ? known[(int) index] : 0;
            if (found == 0) {
                found = isInTable(index) ? appendToTable((int) index, key) : find(key);
                known = table;
                counted = counts;
            }
            groups[j] = found - 1;
            counted[found - 1]++;
        }
    }

    /** Where a key is in the table, as an unsigned number: 0 is in the middle, because numbers may be negative. */
    private long index(long key) {
        return (key + tableSize / 2) & mask;
    }

    private static boolean isInTable(long index) {
        return index >>> TABLE_BITS == 0;
    }

    private int appendToTable(int index, long key) {
        if (table.length == 0) {
            table = new int[tableSize];
        }
        int added = append(key);
        table[index] = added;
        return added;
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
        hashed++;
        if (hashed > slots.length / 2) {
            slots = new int[2 * slots.length];
            for (int i = 0; i < size; i++) {
                if (!isInTable(index(keys[i]))) {
                    int free = slot(keys[i], slots.length);
                    while (slots[free] != 0) {
                        free = (free + 1) & (slots.length - 1);
                    }
                    slots[free] = i + 1;
                }
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
        Arrays.fill(table, 0);
        Arrays.fill(slots, 0);
        hashed = 0;
        Arrays.fill(counts, 0);
        size = 0;
    }
}
