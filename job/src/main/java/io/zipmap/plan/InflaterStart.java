package io.zipmap.plan;

import io.zipmap.archive.InflaterKind;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Loads the native inflater in a thread of its own, while a driver that also runs the tasks still plans. The first task
 * of each core would wait for it together, and planning leaves all cores but one idle. Loads nothing if no archive can
 * be expected to need it.
 */
public final class InflaterStart {
    /** Mean size from which an archive probably has an entry for the native inflater. */
    private static final long LARGE_ARCHIVE_BYTES = 1 << 20;

    private InflaterStart() {}

    /** Returns at once. What fails here fails again in the task that needs it, which reports it. */
    public static void beside(JavaSparkContext spark, Listing listing, InflaterKind inflater) {
        long archives =
                listing.parts().stream().mapToLong(ListingSummary::archives).sum();
        long bytes = listing.parts().stream().mapToLong(ListingSummary::bytes).sum();
        int cores = Math.min(spark.defaultParallelism(), Runtime.getRuntime().availableProcessors());
        if (spark.isLocal() && isWorth(archives, bytes, cores)) {
            Thread thread = new Thread(null, inflater::load, "zipmap-inflater", 0, false);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((failed, error) -> {});
            thread.start();
        }
    }

    static boolean isWorth(long archives, long bytes, int cores) {
        return cores > 1 && archives > 0 && bytes / archives >= LARGE_ARCHIVE_BYTES;
    }
}
