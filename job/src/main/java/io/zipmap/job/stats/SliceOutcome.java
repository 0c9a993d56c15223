package io.zipmap.job.stats;

import io.zipmap.job.extract.Failure;
import io.zipmap.plan.StoreAccess;
import io.zipmap.stats.TileStats;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The result of one slice: statistics, or a failure. Immutable. */
final class SliceOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TileKey tile;
    private final String host;
    private final boolean healed;
    private final @Nullable TileStats stats;
    private final @Nullable Failure failure;

    private SliceOutcome(
            TileKey tile, String host, boolean healed, @Nullable TileStats stats, @Nullable Failure failure) {
        this.tile = tile;
        this.host = host;
        this.healed = healed;
        this.stats = stats;
        this.failure = failure;
    }

    /** @param heals how often this read healed the array */
    static SliceOutcome aggregated(TileKey tile, TileStats stats, int heals) {
        return new SliceOutcome(tile, StoreAccess.host(), heals > 0, stats, null);
    }

    static SliceOutcome failed(TileKey tile, Failure failure) {
        return new SliceOutcome(tile, StoreAccess.host(), false, null, failure);
    }

    /** The host that read the slice. */
    String host() {
        return host;
    }

    /** The statistics of the slice's rows; empty if it failed. */
    Optional<Tuple2<TileKey, TileStats>> stats() {
        return Optional.ofNullable(stats).map(found -> new Tuple2<>(tile, found));
    }

    /** One read, by {@link TileKey#arrayKey()}; empty if it failed. */
    Optional<Tuple2<String, ReadCounts>> reads() {
        return stats().map(found -> new Tuple2<>(tile.arrayKey(), healed ? ReadCounts.HEALED : ReadCounts.LOCAL));
    }

    /** The failure, by {@link TileKey#arrayKey()}; empty if there are statistics. */
    Optional<Tuple2<String, Failure>> failure() {
        return Optional.ofNullable(failure).map(found -> new Tuple2<>(tile.arrayKey(), found));
    }
}
