package io.zipmap.cli;

import org.slf4j.LoggerFactory;

/** Logs progress every ten seconds, for an output that is no terminal. */
final class ProgressLog implements ProgressOutput {
    private static final long PERIOD_MILLIS = 10_000;

    @Override
    public void begin() {}

    @Override
    public void show(String text) {
        // Help creates this object too, and runs without the jars of Spark, which have the logger.
        LoggerFactory.getLogger(ProgressLog.class).info("{}", text);
    }

    @Override
    public void clear() {}

    @Override
    public int width() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long delayMillis() {
        return 0;
    }

    @Override
    public long periodMillis() {
        return PERIOD_MILLIS;
    }
}
