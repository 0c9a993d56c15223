package io.zipmap.plan;

import io.zipmap.archive.ArchiveRef;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * The archives of the inputs, each once, before they are packed into tasks. They are persisted in Spark's block store
 * until the listing is closed, or the plan that was made of it.
 */
public final class Listing implements AutoCloseable {
    private final JavaRDD<ListingBlock> blocks;
    private final List<ListingSummary> parts;

    /** @param parts one summary of each partition of {@code blocks} */
    Listing(JavaRDD<ListingBlock> blocks, List<ListingSummary> parts) {
        this.blocks = blocks;
        this.parts = List.copyOf(parts);
    }

    JavaRDD<ListingEntry> entries() {
        return blocks.flatMap(ListingBlock::entries);
    }

    List<ListingSummary> parts() {
        return parts;
    }

    /** The archives, in few large partitions, each sorted by URI. */
    public JavaRDD<ArchiveRef> archives() {
        return blocks.flatMap(ListingBlock::archives);
    }

    @Override
    public void close() {
        blocks.unpersist(false);
    }
}
