package io.zipmap.archive;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One budget for the windows of all decoders of a process: what an archive of a few kilobytes may claim, times the
 * cores, is more than a heap has. A decoder waits, first come first served, until others give back what it needs, and
 * fails by name when that takes too long. A waiting decoder holds nothing, so that no two wait for each other. Threads
 * may share it.
 */
final class DecoderMemory {
    /** Longer than it takes to decode an entry, but for the largest. */
    private static final Duration WAIT = Duration.ofMinutes(10);

    private static final int UNIT_BYTES = 1 << 10;

    private static final DecoderMemory OF_PROCESS =
            new DecoderMemory(share(Runtime.getRuntime().maxMemory()), WAIT);

    private final int most;
    private final Semaphore free;
    private final Duration wait;

    /** @param bytes that all decoders hold together at most */
    DecoderMemory(long bytes, Duration wait) {
        this.most = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT_BYTES);
        this.free = new Semaphore(most, true);
        this.wait = wait;
    }

    static DecoderMemory ofProcess() {
        return OF_PROCESS;
    }

    /** A quarter of the heap; of a small heap up to a half, so that one decoder with the largest window can work. */
    static long share(long heap) {
        return Math.max(heap / 4, Math.min(DecoderStreams.MAX_DECODER_BYTES, heap / 2));
    }

    /** What one decoder holds; nothing at first. */
    Held nothing() {
        return new Held();
    }

    /** One thread at a time. To be closed with its decoder. */
    final class Held implements Closeable {
        private int units;

        /**
         * Makes it at least so many bytes.
         *
         * @throws ZipmapException {@code LIMIT_WINDOW_BYTES} when there are never so many, {@code DECODER_MEMORY_FULL}
         *     when others do not give enough back in time
         */
        void atLeast(long bytes) throws IOException {
            long wanted = (bytes + UNIT_BYTES - 1) / UNIT_BYTES;
            if (wanted <= units) {
                return;
            }
            if (wanted > most) {
                throw DecoderStreams.windowTooLarge(bytes + " bytes with the decoder's tables")
                        .expected("at most " + (long) most * UNIT_BYTES + " bytes in a heap of this size")
                        .advice("Give the process more heap, or compress the entry again with a smaller window.");
            }
            close();
            try {
                if (!free.tryAcquire((int) wanted, wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new ZipmapException(
                                    Condition.DECODER_MEMORY_FULL,
                                    "Cannot get memory for the window of an entry within " + wait.toSeconds() + " s")
                            .expected(wanted + " KiB")
                            .actual(free.availablePermits() + " of " + most + " KiB free")
                            .advice("Give the process more heap or fewer cores.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for memory to decode an entry");
            }
            units = (int) wanted;
        }

        /** Gives all back. */
        @Override
        public void close() {
            free.release(units);
            units = 0;
        }
    }

    /** KiB that nobody holds. */
    int free() {
        return free.availablePermits();
    }
}
