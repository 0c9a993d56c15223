package io.zipmap.plan;

import io.zipmap.ErrorDetails;
import io.zipmap.archive.ArchiveRef;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * The sums and the first error of one partition of the listing. The driver keeps them instead of the archives.
 * Immutable.
 */
final class ListingSummary implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of more archives the bytes are not listed one by one. It bounds the memory of the driver. */
    private static final int MAX_LISTED = 256;

    private final long archives;
    private final long bytes;
    private final long weight;
    private final long digest;
    private final long[] firstArchives;
    private final @Nullable ErrorDetails error;

    private ListingSummary(
            long archives, long bytes, long weight, long digest, long[] firstArchives, @Nullable ErrorDetails error) {
        this.archives = archives;
        this.bytes = bytes;
        this.weight = weight;
        this.digest = digest;
        this.firstArchives = firstArchives;
        this.error = error;
    }

    static ListingSummary of(Iterator<ListingEntry> listing) {
        long archives = 0;
        long bytes = 0;
        long weight = 0;
        long digest = 0;
        LongStream.Builder firstArchives = LongStream.builder();
        ErrorDetails error = null;
        while (listing.hasNext()) {
            ListingEntry entry = listing.next();
            error = error == null ? entry.error().orElse(null) : error;
            Optional<ArchiveRef> archive = entry.archive();
            if (archive.isPresent()) {
                archives++;
                bytes += TaskPacking.bytes(archive.get());
                if (archives <= MAX_LISTED) {
                    firstArchives.add(TaskPacking.bytes(archive.get()));
                }
                weight += TaskPacking.weight(archive.get());
                digest = digest * 31 + archive.get().hashCode();
            }
        }
        long[] listed = archives <= MAX_LISTED ? firstArchives.build().toArray() : new long[0];
        return new ListingSummary(archives, bytes, weight, digest, listed, error);
    }

    /** What {@link #sameAs} compares, without the bytes of the archives: each task of the plan gets all of these. */
    ListingSummary sums() {
        return new ListingSummary(archives, bytes, weight, digest, new long[0], null);
    }

    long archives() {
        return archives;
    }

    long bytes() {
        return bytes;
    }

    long weight() {
        return weight;
    }

    /** Whether the archives are so few that {@link #tasks} can be asked. */
    boolean isSmall() {
        return archives == firstArchives.length;
    }

    /** The number of tasks that the archives fill, each of at most this capacity. */
    int tasks(long capacity) {
        TaskPacking packing = new TaskPacking(capacity, Integer.MAX_VALUE);
        for (long archive : firstArchives) {
            packing.add(archive);
        }
        return packing.tasks();
    }

    Optional<ErrorDetails> error() {
        return Optional.ofNullable(error);
    }

    /** Whether a later listing of the same partition found the same archives. */
    boolean sameAs(ListingSummary later) {
        return archives == later.archives && bytes == later.bytes && digest == later.digest;
    }

    /** Summarizes one partition. */
    static final class Sum implements FlatMapFunction<Iterator<ListingEntry>, ListingSummary> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<ListingSummary> call(Iterator<ListingEntry> listing) {
            return List.of(ListingSummary.of(listing)).iterator();
        }
    }
}
