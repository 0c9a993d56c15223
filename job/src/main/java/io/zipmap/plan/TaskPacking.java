package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;

/**
 * Packs archives, in their order, into tasks of about equal bytes: a task is closed when the next archive would
 * overfill it. The same archives always give the same tasks, so that a lost partition can be computed again.
 */
final class TaskPacking {
    /** What opening an archive costs, in bytes that could be read meanwhile. */
    private static final long OPEN_COST = 256 << 10;

    /** Tasks a core, so that a slow one can be balanced by the others. */
    private static final int TASKS_PER_CORE = 4;

    private static final long MOST_BYTES = 1L << 50;

    private final long capacity;
    private int task = -1;
    private long filled;

    TaskPacking(long capacity) {
        this.capacity = capacity;
    }

    /** @return capacity of one task: at most {@code packBytes}, less when that would leave cores without work */
    static long capacity(long packBytes, long totalWeight, int cores) {
        return Math.max(1, Math.min(packBytes, totalWeight / ((long) cores * TASKS_PER_CORE)));
    }

    static long weight(ArchiveRef archive) {
        return bytes(archive) + OPEN_COST;
    }

    /** What a file system says of a length may be none, or more than there is in the world; sums must hold. */
    static long bytes(ArchiveRef archive) {
        return Math.max(0, Math.min(archive.length(), MOST_BYTES));
    }

    /** The number of the task that the next archive belongs to. */
    int next(ArchiveRef archive) {
        long weight = weight(archive);
        if (task < 0 || filled + weight > capacity) {
            task++;
            filled = 0;
        }
        filled += weight;
        return task;
    }

    /** Tasks begun so far. */
    int tasks() {
        return task + 1;
    }
}
