package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;
import org.apache.spark.api.java.JavaRDD;

/** Which archives there are and how they are spread over tasks: a partition is a task of the extract stage. */
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

    /** A partition is a task. */
    public JavaRDD<ArchiveRef> archives() {
        return archives;
    }

    static JavaRDD<ArchiveRef> archives(JavaRDD<ListingEntry> listing) {
        return listing.flatMap(listed -> listed.archive().stream().iterator());
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
        chosen.unpersist(false);
    }
}
