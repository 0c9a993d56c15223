package io.zipmap.plan;

import io.zipmap.ErrorDetails;
import io.zipmap.archive.ArchiveRef;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the driver keeps of one partition of the listing: sums, never the archives. Immutable. */
final class PlanSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long archives;
    private final long bytes;
    private final long weight;
    private final long digest;
    private final @Nullable ErrorDetails error;

    private PlanSummary(long archives, long bytes, long weight, long digest, @Nullable ErrorDetails error) {
        this.archives = archives;
        this.bytes = bytes;
        this.weight = weight;
        this.digest = digest;
        this.error = error;
    }

    static PlanSummary of(Iterator<ListingEntry> listing) {
        long archives = 0;
        long bytes = 0;
        long weight = 0;
        long digest = 0;
        ErrorDetails error = null;
        while (listing.hasNext()) {
            ListingEntry listed = listing.next();
            error = error == null ? listed.error().orElse(null) : error;
            Optional<ArchiveRef> archive = listed.archive();
            if (archive.isPresent()) {
                archives++;
                bytes += TaskPacking.bytes(archive.get());
                weight += TaskPacking.weight(archive.get());
                digest = digest * 31 + archive.get().hashCode();
            }
        }
        return new PlanSummary(archives, bytes, weight, digest, error);
    }

    long bytes() {
        return bytes;
    }

    long weight() {
        return weight;
    }

    Optional<ErrorDetails> error() {
        return Optional.ofNullable(error);
    }

    /** Whether a later look at the same partition found the same archives. */
    boolean sameAs(PlanSummary later) {
        return archives == later.archives && bytes == later.bytes && digest == later.digest;
    }
}
