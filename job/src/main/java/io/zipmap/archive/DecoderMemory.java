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
 * Memory budget that all decoders of a process share. A small archive may claim a large window, and the windows of all
 * cores together may exceed the heap. A decoder reserves its memory before it allocates: it waits in arrival order
 * until enough is free, and fails with {@code DECODER_MEMORY_FULL} after a time limit. A waiting decoder holds nothing,
 * so decoders cannot deadlock. Thread-safe.
 */
final class DecoderMemory {
    /** Longer than decoding takes for all but the largest entries. */
    private static final Duration WAIT = Duration.ofMinutes(10);

    private static final int UNIT_BYTES = 1 << 10;

    private static final DecoderMemory OF_PROCESS =
            new DecoderMemory(share(Runtime.getRuntime().maxMemory()), WAIT);

    private final int capacity;
    private final Semaphore free;
    private final Duration wait;

    /** @param bytes upper limit of all reservations together */
    DecoderMemory(long bytes, Duration wait) {
        this.capacity = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT_BYTES);
        this.free = new Semaphore(capacity, true);
        this.wait = wait;
    }

    static DecoderMemory ofProcess() {
        return OF_PROCESS;
    }

    /** A quarter of the heap; up to a half of a small heap, so that one decoder with the largest window can run. */
    static long share(long heap) {
        return Math.max(heap / 4, Math.min(DecoderStreams.MAX_DECODER_BYTES, heap / 2));
    }

    /** An empty reservation for one decoder. */
    Reservation newReservation() {
        return new Reservation();
    }

    /** The memory that one decoder has reserved. Not thread-safe. The decoder closes it with itself. */
    final class Reservation implements Closeable {
        private int units;

        /**
         * Grows the reservation to at least {@code bytes}. Waits if other decoders hold the memory.
         *
         * @throws ZipmapException {@code LIMIT_WINDOW_BYTES} if {@code bytes} exceeds the whole budget,
         *     {@code DECODER_MEMORY_FULL} if other decoders do not release enough in time
         */
        void reserve(long bytes) throws IOException {
            long wanted = (bytes + UNIT_BYTES - 1) / UNIT_BYTES;
            if (wanted <= units) {
                return;
            }
            if (wanted > capacity) {
                throw DecoderStreams.windowTooLarge(bytes + " bytes with the decoder's tables")
                        .expected("at most " + (long) capacity * UNIT_BYTES + " bytes in a heap of this size")
                        .advice("Give the process more heap, or compress the entry again with a smaller window.");
            }
            close();
            try {
                if (!free.tryAcquire((int) wanted, wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new ZipmapException(
                                    Condition.DECODER_MEMORY_FULL,
                                    "Cannot get memory for the window of an entry within " + wait.toSeconds() + " s")
                            .expected(wanted + " KiB")
                            .actual(free.availablePermits() + " of " + capacity + " KiB free")
                            .advice("Give the process more heap or fewer cores.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for memory to decode an entry");
            }
            units = (int) wanted;
        }

        /** Releases the whole reservation. */
        @Override
        public void close() {
            free.release(units);
            units = 0;
        }
    }

    /** Unreserved memory in KiB. */
    int free() {
        return free.availablePermits();
    }
}
