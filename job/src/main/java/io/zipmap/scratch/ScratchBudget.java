package io.zipmap.scratch;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bytes that all processes of one scope may have in scratch. They share a count, which is kept in a file of the
 * first folder and changed under its lock; when it says that there is no room, what is there is counted anew, since a
 * process that dies takes nothing off the count. On a disk that does not take the count, every reservation counts.
 */
final class ScratchBudget {
    private static final String COUNT = ".count";
    /** What others read or make is free again after a slice of an array, or after an entry. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final long LOOK_MILLIS = 250;

    interface Creation {
        PartFile create() throws IOException;
    }

    private final long limit;
    private final boolean evicts;
    private final Duration wait;
    private final ScratchFolder home;
    private final List<ScratchFolder> folders;
    private volatile boolean blind;

    ScratchBudget(ScratchSettings settings, List<ScratchFolder> folders) {
        this.limit = settings.budgetBytes();
        this.evicts = settings.keep();
        this.wait = settings.patience().compareTo(LONGEST_WAIT) < 0 ? settings.patience() : LONGEST_WAIT;
        this.home = folders.get(0);
        this.folders = folders;
    }

    /**
     * Creates a part once its bytes fit. In the cache, what is in use now is not so for long: where that is all that is
     * left to remove, this waits for it, for a bounded time.
     *
     * @param waits whether it is worth waiting for
     * @throws ZipmapException {@code SCRATCH_FULL} when they do not, and nothing that is not in use is left to remove
     */
    PartFile reserve(long bytes, boolean waits, Creation creation) throws IOException {
        if (limit == 0) {
            return creation.create();
        }
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            boolean last = !waits || !evicts || bytes > limit || System.nanoTime() - deadline >= 0;
            Optional<PartFile> part = reserveNow(bytes, last, creation);
            if (part.isPresent()) {
                return part.get();
            }
            sleep();
        }
    }

    private static void sleep() throws InterruptedIOException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while it waited for room in scratch");
        }
    }

    /** @return empty when the bytes do not fit, unless this is the last look */
    private Optional<PartFile> reserveNow(long bytes, boolean last, Creation creation) throws IOException {
        return home.locked(() -> {
            long used = read();
            if (bytes > limit - used) {
                ScratchUsage stock = ScratchUsage.count(home, folders);
                used = stock.bytes() - (evicts ? stock.evict(stock.bytes() - (limit - bytes)) : 0);
            }
            if (bytes > limit - used && !last) {
                return Optional.empty();
            }
            if (bytes > limit - used) {
                throw new ZipmapException(
                                Condition.SCRATCH_FULL, "Cannot put " + bytes + " bytes into scratch: " + home)
                        .expected("at most " + limit + " bytes, the scratch budget")
                        .actual(used + " bytes there already")
                        .advice("Raise --scratch-budget, or work on fewer archives at a time.");
            }
            PartFile part = creation.create();
            write(used + bytes);
            return Optional.of(part);
        });
    }

    /** Takes the bytes of something that was removed off the count. */
    void release(long bytes) throws IOException {
        if (limit > 0) {
            home.locked(() -> write(Math.max(0, read() - bytes)));
        }
    }

    private FileChannel open() throws IOException {
        Path file = home.path(COUNT);
        FileAttributes inode = FileAttributes.readIfExists(file);
        if (inode != null && !inode.isFile()) {
            throw FileAttributes.unsafe(file, "a file", inode);
        }
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PrivateAccess.NEW_FILE);
    }

    /** No count yet means that some may lie there from a time without a budget. */
    private long read() throws IOException {
        ByteBuffer count = ByteBuffer.allocate(Long.BYTES);
        if (!blind) {
            try (FileChannel channel = open()) {
                channel.read(count, 0);
            } catch (ZipmapException | ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                blind = true;
            }
        }
        return !blind && !count.hasRemaining()
                ? count.getLong(0)
                : ScratchUsage.count(home, folders).bytes();
    }

    private long write(long used) throws IOException {
        if (!blind) {
            try (FileChannel channel = open()) {
                channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, used), 0);
            } catch (ZipmapException | ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                blind = true;
            }
        }
        return used;
    }
}
