package io.zipmap.memory;

import io.zipmap.IoSupplier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Samples the memory of this process every 100 ms in a daemon thread, and reports the peak when it has grown by at
 * least 1 MiB. Its owner, a plugin, stops it.
 */
final class MemorySampler {
    private static final long PERIOD_MILLIS = 100;
    private static final long MIN_GROWTH_BYTES = 1 << 20;

    private final IoSupplier<MemoryPeak> probe;
    private final Consumer<MemoryPeak> report;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "zipmap-memory");
        thread.setDaemon(true);
        return thread;
    });
    private MemoryPeak peak = MemoryPeak.NONE;
    private MemoryPeak reported = MemoryPeak.NONE;

    /** @param probe reads the memory of this process */
    MemorySampler(IoSupplier<MemoryPeak> probe, Consumer<MemoryPeak> report) {
        this.probe = probe;
        this.report = report;
    }

    void start() {
        timer.scheduleAtFixedRate(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    private void sample() {
        try {
            peak = peak.max(probe.get());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the memory of this process", e);
        }
        if (peak.anonymous() - reported.anonymous() >= MIN_GROWTH_BYTES
                || peak.heap() - reported.heap() >= MIN_GROWTH_BYTES) {
            reported = peak;
            report.accept(peak);
        }
    }
}
