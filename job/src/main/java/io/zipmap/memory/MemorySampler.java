package io.zipmap.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Samples this process and tells the peak whenever it has grown. Owned by a plugin, which stops it. */
final class MemorySampler {
    private static final long PERIOD_MILLIS = 100;
    private static final long WORTH_TELLING = 1 << 20;

    private final Consumer<MemoryPeak> tell;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "zipmap-memory");
        thread.setDaemon(true);
        return thread;
    });
    private MemoryPeak peak = MemoryPeak.NONE;
    private MemoryPeak told = MemoryPeak.NONE;

    MemorySampler(Consumer<MemoryPeak> tell) {
        this.tell = tell;
    }

    void start() {
        timer.scheduleAtFixedRate(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    private void sample() {
        try {
            peak = peak.max(MemoryProbe.read());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the memory of this process", e);
        }
        if (peak.anonymous() - told.anonymous() >= WORTH_TELLING || peak.heap() - told.heap() >= WORTH_TELLING) {
            told = peak;
            tell.accept(peak);
        }
    }
}
