package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.IoSupplier;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Limits the bytes that all processes of one scope have in scratch. The processes share a {@link ScratchBudgetCount},
 * and change it under the budget lock, which is the folder lock of the first folder. A process that dies leaves the
 * count too high, so files are counted again when the count leaves no room. Thread-safe.
 */
final class ScratchBudget {
    /** Longer than a file usually stays pinned. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);

    private static final long POLL_MILLIS = 250;

    private final long limit;
    private final boolean evicts;
    private final Duration maxWait;
    private final ScratchFolder lockFolder;
    private final List<ScratchFolder> folders;
    private final ScratchBudgetCount count;

    /** @param folders not closed by this object */
    ScratchBudget(ScratchSettings settings, List<ScratchFolder> folders) {
        this.limit = settings.budgetBytes();
        this.evicts = settings.keep();
        this.maxWait = settings.patience().compareTo(MAX_WAIT) < 0 ? settings.patience() : MAX_WAIT;
        this.lockFolder = folders.get(0);
        this.folders = folders;
        this.count = new ScratchBudgetCount(lockFolder.path(FolderLayout.BUDGET_COUNT));
    }

    /**
     * Creates a part when the budget has room for it. Removes kept files to make room, and waits for a bounded time if
     * all of them are in use.
     *
     * @param waits false if the file is not worth waiting for
     * @param creation creates the part; runs under the budget lock
     * @throws ZipmapException {@code SCRATCH_FULL} if the budget has no room
     */
    PartFile reserve(long bytes, boolean waits, IoSupplier<PartFile> creation) throws IOException {
        if (limit == 0) {
            return creation.get();
        }
        long deadline = System.nanoTime() + maxWait.toNanos();
        while (true) {
            boolean last = !waits || !evicts || bytes > limit || System.nanoTime() - deadline >= 0;
            Optional<PartFile> part = lockFolder.runLocked(() -> tryReserve(bytes, last, creation));
            if (part.isPresent()) {
                return part.get();
            }
            sleep();
        }
    }

    private static void sleep() throws InterruptedIOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while it waited for room in scratch");
        }
    }

    /**
     * Runs under the budget lock.
     *
     * @param last whether missing room is an error
     * @return empty if there is no room and this is not the last attempt
     */
    private Optional<PartFile> tryReserve(long bytes, boolean last, IoSupplier<PartFile> creation) throws IOException {
        long used = usedBytes();
        if (bytes > limit - used) {
            used = countAndEvict(bytes);
        }
        if (bytes <= limit - used) {
            PartFile part = creation.get();
            count.write(used + bytes);
            return Optional.of(part);
        }
        if (last) {
            throw new ZipmapException(
                            Condition.SCRATCH_FULL, "Cannot put " + bytes + " bytes into scratch: " + lockFolder)
                    .expected("at most " + limit + " bytes, the scratch budget")
                    .actual(used + " bytes there already")
                    .advice("Raise " + OptionSpelling.mention("scratchBudget")
                            + ", or work on fewer archives at a time.");
        }
        return Optional.empty();
    }

    /** Counts the files again, removes as many kept files as {@code bytes} need, and returns the bytes that remain. */
    private long countAndEvict(long bytes) throws IOException {
        ScratchUsage usage = ScratchUsage.count(lockFolder, folders);
        long evicted = evicts ? ScratchEviction.evict(usage, usage.bytes() - (limit - bytes)) : 0;
        return usage.bytes() - evicted;
    }

    /** Gives back the bytes of a file that was removed. */
    void release(long bytes) throws IOException {
        if (limit > 0) {
            lockFolder.runLocked(() -> {
                count.write(Math.max(0, usedBytes() - bytes));
                return bytes;
            });
        }
    }

    /** Without a shared count there may be files from a time without a budget. */
    private long usedBytes() throws IOException {
        OptionalLong counted = count.read();
        return counted.isPresent()
                ? counted.getAsLong()
                : ScratchUsage.count(lockFolder, folders).bytes();
    }
}
