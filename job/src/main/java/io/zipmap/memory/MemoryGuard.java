package io.zipmap.memory;

import io.zipmap.Condition;
import io.zipmap.IoSupplier;
import io.zipmap.OptionSpelling;
import io.zipmap.ZipmapException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run when the anonymous memory of one of its processes grows too much. A process may grow by a number of bytes
 * over its first sample in the extract stage, until the run publishes its tables. Then the jobs of the application are
 * cancelled. Thread-safe.
 */
public final class MemoryGuard {
    private static final String OPTION = "maxAnonGrowth";
    private static final String EXTRACT = "extract";
    private static final long MIB = 1 << 20;

    private final long maxGrowth;
    private final Runnable cancel;
    private final Runnable release;
    private final Map<MemoryProcess, Long> first = new HashMap<>();
    private @Nullable String stage;
    private @Nullable ZipmapException grown;

    MemoryGuard(long maxGrowth, Runnable cancel, Runnable release) {
        this.maxGrowth = maxGrowth;
        this.cancel = cancel;
        this.release = release;
    }

    /**
     * Watches an application from its next extract stage on.
     *
     * @param maxGrowth bytes; 0 to watch nothing
     * @throws ZipmapException {@code OPTION_INVALID} if RssAnon cannot be measured
     */
    public static MemoryGuard on(SparkContext spark, long maxGrowth) throws ZipmapException {
        if (maxGrowth == 0) {
            return new MemoryGuard(0, () -> {}, () -> {});
        }
        MemoryListener listener = MemoryListener.of(spark).orElse(null);
        if (listener == null || !measuresAnonymousMemory()) {
            throw new ZipmapException(
                            Condition.OPTION_INVALID, "Cannot watch RssAnon for " + OptionSpelling.mention(OPTION))
                    .expected("a system that tells RssAnon, as Linux does since 4.5, and "
                            + MemoryPlugin.class.getName());
        }
        MemoryGuard guard = new MemoryGuard(maxGrowth, spark::cancelAllJobs, () -> listener.guard(null));
        listener.guard(guard);
        return guard;
    }

    private static boolean measuresAnonymousMemory() throws ZipmapException {
        long[] values = MemorySample.absentValues();
        try (ProcessProbe probe = ProcessProbe.open(Path.of("/proc/self"))) {
            probe.read(values, false);
        } catch (IOException e) {
            return false;
        }
        return values[MemoryMetric.RSS_ANON.ordinal()] != MemorySample.ABSENT;
    }

    /**
     * Does the work of a run.
     *
     * @throws ZipmapException {@code MEMORY_GREW} instead of the error of the work, if the guard has ended it
     */
    public <R> R watch(IoSupplier<R> work) throws IOException {
        boolean done = false;
        try {
            R result = work.get();
            done = true;
            return result;
        } finally {
            release.run();
            if (!done) {
                requireFlat();
            }
        }
    }

    /**
     * Ends the watch before the run publishes.
     *
     * @throws ZipmapException {@code MEMORY_GREW} if a process has grown too much
     */
    public void stop() throws ZipmapException {
        release.run();
        requireFlat();
    }

    private synchronized void requireFlat() throws ZipmapException {
        if (grown != null) {
            throw grown;
        }
    }

    synchronized void stageSubmitted(String name) {
        if (stage != null || name.equals(EXTRACT)) {
            stage = name;
        }
    }

    synchronized void check(MemoryProcess process, MemorySample sample) {
        long anonymous = sample.get(MemoryMetric.RSS_ANON);
        if (stage == null || anonymous == MemorySample.ABSENT) {
            return;
        }
        Long base = first.putIfAbsent(process, anonymous);
        if (base != null && anonymous - base > maxGrowth && grown == null) {
            grown = new ZipmapException(
                            Condition.MEMORY_GREW,
                            "Cannot go on, because anonymous memory has grown in stage " + stage + ": " + process)
                    .expected("at most " + mebibytes(maxGrowth) + " over " + mebibytes(base)
                            + ", its RssAnon at the start")
                    .actual(mebibytes(anonymous))
                    .advice("A heap may grow up to its limit: set spark.driver.memory and spark.executor.memory, or"
                            + " raise " + OptionSpelling.mention(OPTION) + ".");
        }
        if (grown != null) {
            cancel.run();
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes + MIB - 1) / MIB + " MiB";
    }
}
