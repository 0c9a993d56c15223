package io.zipmap.sql.pushdown;

import java.util.Arrays;

/**
 * Finds the key up to which there are at least so many keys of those that were added. Keys in any order take about the
 * same time: it sorts primitive numbers now and then, where a heap would move many for each key of sorted rows. Not
 * thread-safe.
 */
final class LeastKeys {
    private static final int LEAST_CAPACITY = 64;

    private final int limit;

    /** The least keys, and others that were added since they were sorted. */
    private final long[] keys;

    private int size;

    /** The last of the least keys; {@code Long.MAX_VALUE} before there are so many. */
    private long last = Long.MAX_VALUE;

    /** @param limit at least 1 */
    LeastKeys(int limit) {
        this.limit = limit;
        this.keys = new long[Math.max(LEAST_CAPACITY, 2 * limit)];
    }

    /** Adds the first ones of these keys. */
    void add(long[] added, int count) {
        for (int j = 0; j < count; j++) {
            long key = added[j];
            if (key < last || size < limit) {
                if (size == keys.length) {
                    sort();
                }
                keys[size] = key;
                size++;
            }
        }
        // To sort for a few keys would take longer than to return their rows.
        if (size > limit + limit / 4 || size >= limit && last == Long.MAX_VALUE) {
            sort();
        }
    }

    private void sort() {
        Arrays.sort(keys, 0, size);
        size = limit;
        last = keys[limit - 1];
    }

    /** The key after which no key is wanted; {@code Long.MAX_VALUE} while all are. */
    long last() {
        return last;
    }
}
