package io.zipmap.memory;

/**
 * Sends the samples of an executor to the driver: once a second at first, later as often as the driver's timeline has a
 * new point, but at least every ten seconds, and at once when RssAnon has grown much. So a lost executor loses little,
 * and the messages of a long application do not add up. Used by one thread.
 */
final class ReportSender implements MemorySampler.Receiver {
    private static final long MIN_WAIT_NANOS = 1_000_000_000L;
    private static final long MAX_WAIT_NANOS = 10 * MIN_WAIT_NANOS;
    private static final long MUCH_BYTES = 16 << 20;

    private final Transport transport;
    private final MemoryGauges gauges;
    private final long start = System.nanoTime();
    private MemoryReport report = new MemoryReport();
    private long sent = start - MAX_WAIT_NANOS;
    private long mostSent;
    private long most;

    /** Sends one message to the driver. */
    interface Transport {
        void send(MemoryReport report);
    }

    ReportSender(Transport transport, MemoryGauges gauges) {
        this.transport = transport;
        this.gauges = gauges;
    }

    @Override
    public void accept(MemoryProcess process, MemorySample sample) {
        gauges.accept(process, sample);
        most = Math.max(most, sample.get(MemoryMetric.RSS_ANON));
        if (waitNanos(System.nanoTime()) == MIN_WAIT_NANOS) {
            report.add(process, sample);
        } else {
            report.merge(process, sample);
        }
    }

    /** The time of one point of a {@link ProcessRecorder}. */
    private long waitNanos(long now) {
        return Math.min(Math.max((now - start) / ProcessRecorder.POINTS, MIN_WAIT_NANOS), MAX_WAIT_NANOS);
    }

    @Override
    public void endOfRound(long now) {
        gauges.endOfRound(now);
        if (now - sent >= waitNanos(now) || most - mostSent >= MUCH_BYTES) {
            sent = now;
            mostSent = most;
            MemoryReport ready = report;
            report = new MemoryReport();
            transport.send(ready);
        }
    }
}
