package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;

/**
 * Packs archives or parts of arrays, in the order given, into tasks of about equal bytes: a task is closed when the
 * next item would exceed its capacity. The same items always give the same tasks, so Spark can compute a lost partition
 * again. The numbers that decide how much work a task takes are declared here.
 */
public final class TaskPacking {
    /** Tasks per core. More than one, so that other cores take work from a slow core. */
    public static final int TASKS_PER_CORE = 4;

    /**
     * Tasks per core if tasks are short: then the driver needs more time to start a task than a core needs to run it.
     */
    public static final int SHORT_TASKS_PER_CORE = 2;

    /** Bytes that a task could read in the time in which it opens one archive or array. */
    private static final long OPEN_COST_BYTES = 256 << 10;

    private static final long MAX_ARCHIVE_BYTES = 1L << 50;

    private final long capacity;
    private final int maxItems;
    private int tasks;
    private int items;
    private long filled;

    /** @param capacity bytes of one task, opening costs included; an item that is larger is a task alone */
    public TaskPacking(long capacity, int maxItems) {
        this.capacity = capacity;
        this.maxItems = maxItems;
    }

    /**
     * Capacity of a task: {@code packBytes}, or less if that would leave cores without work.
     *
     * @param totalWeight of all items
     */
    public static long capacity(long packBytes, long totalWeight, int cores) {
        return Math.max(1, Math.min(packBytes, totalWeight / ((long) cores * TASKS_PER_CORE)));
    }

    /** The bytes of an archive and the cost of opening it. */
    static long weight(ArchiveRef archive) {
        return weight(bytes(archive));
    }

    /** The bytes of an item and the cost of opening it. */
    public static long weight(long bytes) {
        return weight(bytes, 1);
    }

    /** The bytes of some items together and the costs of opening them. */
    public static long weight(long bytes, long items) {
        return bytes + items * OPEN_COST_BYTES;
    }

    /**
     * The bytes of an archive. A file system may report a length below zero or beyond any disk; sums must not overflow.
     */
    static long bytes(ArchiveRef archive) {
        return Math.max(0, Math.min(archive.length(), MAX_ARCHIVE_BYTES));
    }

    /** Adds an archive and returns the number of its task, from 0. */
    int addArchive(ArchiveRef archive) {
        return add(bytes(archive));
    }

    /** Adds an item and returns the number of its task, from 0. */
    public int add(long bytes) {
        long weight = weight(bytes);
        if (tasks == 0 || filled + weight > capacity || items == maxItems) {
            tasks++;
            items = 0;
            filled = 0;
        }
        items++;
        filled += weight;
        return tasks - 1;
    }

    /** The number of tasks so far. */
    public int tasks() {
        return tasks;
    }
}
