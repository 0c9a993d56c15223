package io.zipmap.memory;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples the memory of this process and its children in a daemon thread: four times in each second of the first
 * minute, then once a second, and when a stage begins or ends. Its owner, a plugin, stops it.
 */
final class MemorySampler {
    private static final Logger LOG = LoggerFactory.getLogger(MemorySampler.class);
    private static final long FIRST_MINUTE_MILLIS = 60_000;
    private static final long FIRST_PERIOD_MILLIS = 250;
    private static final long PERIOD_MILLIS = 1000;

    private final MemoryProcess process;
    private final Receiver receiver;
    private final BooleanSupplier busy;
    private final Thread thread = new Thread(this::run, "zipmap-memory");
    private boolean boundary = true;
    private boolean stopped;

    /** Takes what was measured. */
    interface Receiver extends ChildProcesses.Sink {
        /** Called after the samples of all processes. */
        void endOfRound(long nanos);
    }

    /** @param busy whether tasks run; when the last has ended, a stage may have ended too */
    MemorySampler(MemoryProcess process, Receiver receiver, BooleanSupplier busy) {
        this.process = process;
        this.receiver = receiver;
        this.busy = busy;
        thread.setDaemon(true);
        // Spark's own handler would end the executor.
        thread.setUncaughtExceptionHandler((dead, e) -> LOG.warn("Cannot measure the memory of {}", process, e));
    }

    void start() {
        thread.start();
    }

    /** Says that a stage begins or ends. Returns at once; the sample is taken by the sampler's thread. */
    synchronized void stageBoundary() {
        boundary = true;
        notifyAll();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private void run() {
        long start = System.nanoTime();
        try (MemoryProbe probe = MemoryProbe.open(process)) {
            boolean goesOn = true;
            boolean wasBusy = false;
            while (goesOn) {
                long now = System.nanoTime();
                boolean isBusy = busy.getAsBoolean();
                probe.sample(takeBoundary() || wasBusy && !isBusy, receiver);
                wasBusy = isBusy;
                receiver.endOfRound(now);
                boolean first = (now - start) / 1_000_000 < FIRST_MINUTE_MILLIS;
                goesOn = await(first ? FIRST_PERIOD_MILLIS : PERIOD_MILLIS);
            }
        } catch (IOException e) {
            LOG.warn("Cannot read the memory of {}", process, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean takeBoundary() {
        boolean taken = boundary;
        boundary = false;
        return taken;
    }

    /** Waits until the next sample is due; returns false if there is none. */
    private synchronized boolean await(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (left > 0 && !boundary && !stopped) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return !stopped;
    }
}
