package io.zipmap.job.stats;

import io.zipmap.job.extract.Failure;
import io.zipmap.plan.StoreAccess;
import io.zipmap.stats.Tile;
import io.zipmap.stats.TileStats;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The result of one slice: statistics, or a failure. Immutable. */
final class SliceOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LeafKey leaf;
    private final @Nullable Tile tile;
    private final String host;
    private final boolean healed;
    private final @Nullable TileStats stats;
    private final double @Nullable [][] sampled;
    private final @Nullable Failure failure;

    private SliceOutcome(
            Slice slice,
            boolean healed,
            @Nullable TileStats stats,
            double @Nullable [][] sampled,
            @Nullable Failure failure) {
        this.leaf = slice.leafKey();
        this.tile = slice.tile();
        this.host = StoreAccess.host();
        this.healed = healed;
        this.stats = stats;
        this.sampled = sampled;
        this.failure = failure;
    }

    /**
     * @param sampled values of the first columns, column by column; null if nobody wants them
     * @param heals how often this read healed the array
     */
    static SliceOutcome aggregated(Slice slice, TileStats stats, double @Nullable [][] sampled, int heals) {
        return new SliceOutcome(slice, heals > 0, stats, sampled, null);
    }

    static SliceOutcome failed(Slice slice, Failure failure) {
        return new SliceOutcome(slice, false, null, null, failure);
    }

    /** The host that read the slice. */
    String host() {
        return host;
    }

    /** The statistics of the slice's columns; empty if it failed, or is a range of elements. */
    Optional<Tuple2<TileKey, TileStats>> tile() {
        return stats == null || tile == null
                ? Optional.empty()
                : Optional.of(new Tuple2<>(new TileKey(leaf, tile), stats));
    }

    /** The statistics of all elements of the slice; empty if it failed. */
    Optional<Tuple2<LeafKey, TileStats>> elements() {
        return Optional.ofNullable(stats).map(found -> new Tuple2<>(leaf, found.whole()));
    }

    /** Sampled values of the first columns, column by column. */
    double[][] sampled() {
        return sampled == null ? new double[0][] : sampled;
    }

    /** One read, by {@link LeafKey#arrayKey()}; empty if it failed. */
    Optional<Tuple2<String, ReadCounts>> reads() {
        return Optional.ofNullable(stats)
                .map(found -> new Tuple2<>(leaf.arrayKey(), healed ? ReadCounts.HEALED : ReadCounts.LOCAL));
    }

    /** Bytes of the elements that were read; 0 if it failed. */
    long bytes() {
        return stats == null ? 0 : stats.rows() * stats.columns() * leaf.itemSize();
    }

    /** Whether there are statistics, and not of all elements of the array. */
    boolean isPart() {
        return stats != null && stats.rows() * stats.columns() != leaf.elements();
    }

    /** The failure, by {@link LeafKey#arrayKey()}; empty if there are statistics. */
    Optional<Tuple2<String, Failure>> failure() {
        return Optional.ofNullable(failure).map(found -> new Tuple2<>(leaf.arrayKey(), found));
    }
}
