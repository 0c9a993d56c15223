package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;
import org.apache.spark.api.java.JavaRDD;

/**
 * The planned archives, spread over the tasks of the extract stage. Who plans closes the plan: until then the listing
 * is persisted in Spark's block store.
 */
public final class Plan implements AutoCloseable {
    private final JavaRDD<ArchiveRef> archives;
    private final JavaRDD<ListingEntry> listing;
    private final JavaRDD<ListingEntry> chosen;
    private final long count;
    private final long bytes;

    Plan(
            JavaRDD<ArchiveRef> archives,
            JavaRDD<ListingEntry> listing,
            JavaRDD<ListingEntry> chosen,
            long count,
            long bytes) {
        this.archives = archives;
        this.listing = listing;
        this.chosen = chosen;
        this.count = count;
        this.bytes = bytes;
    }

    /** The archives. A partition is a task of the extract stage. */
    public JavaRDD<ArchiveRef> archives() {
        return archives;
    }

    /** The archives in the partitions in which they were listed: fewer and larger ones than those of the tasks. */
    public JavaRDD<ArchiveRef> listed() {
        return chosen.flatMap(entry -> entry.archive().stream().iterator());
    }

    /** Number of archives. */
    public long count() {
        return count;
    }

    /** Bytes of all archives. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        listing.unpersist(false);
        // Spark warns if blocks are removed twice.
        if (chosen != listing) {
            chosen.unpersist(false);
        }
    }
}
