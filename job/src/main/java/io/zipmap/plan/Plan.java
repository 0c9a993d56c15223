package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;
import org.apache.spark.api.java.JavaRDD;

/**
 * The planned archives, spread over the tasks of the extract stage. Who plans closes the plan: until then the listing
 * is persisted in Spark's block store.
 */
public final class Plan implements AutoCloseable {
    private final JavaRDD<ArchiveRef> archives;
    private final Listing listing;
    private final Listing chosen;
    private final long count;
    private final long bytes;

    Plan(JavaRDD<ArchiveRef> archives, Listing listing, Listing chosen, long count, long bytes) {
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
        close(listing, chosen);
    }

    /** @param chosen of the listing; the listing itself if all archives were chosen */
    static void close(Listing listing, Listing chosen) {
        listing.close();
        // Spark warns if blocks are removed twice.
        if (chosen != listing) {
            chosen.close();
        }
    }
}
