package io.zipmap.job.stats;

import io.zipmap.job.extract.Failure;
import io.zipmap.job.extract.TaskNode;
import io.zipmap.stats.TileStats;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** What became of one slice: statistics, or a failure. Immutable. */
final class SliceOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayTile tile;
    private final String host;
    private final boolean healed;
    private final @Nullable TileStats stats;
    private final @Nullable Failure failure;

    private SliceOutcome(
            ArrayTile tile, String host, boolean healed, @Nullable TileStats stats, @Nullable Failure failure) {
        this.tile = tile;
        this.host = host;
        this.healed = healed;
        this.stats = stats;
        this.failure = failure;
    }

    /** @param heals how often the array was made again for this read */
    static SliceOutcome of(ArrayTile tile, TileStats stats, int heals) {
        return new SliceOutcome(tile, TaskNode.host(), heals > 0, stats, null);
    }

    static SliceOutcome of(ArrayTile tile, Failure failure) {
        return new SliceOutcome(tile, TaskNode.host(), false, null, failure);
    }

    /** Where it was read. */
    String host() {
        return host;
    }

    /** The statistics of the slice's rows, by tile. */
    Optional<Tuple2<ArrayTile, TileStats>> stats() {
        return Optional.ofNullable(stats).map(found -> new Tuple2<>(tile, found));
    }

    /** How the array was read, by what is the same for all slices of one array. */
    Optional<Tuple2<String, ReadCounts>> reads() {
        return stats().map(found -> new Tuple2<>(tile.array(), healed ? ReadCounts.HEALED : ReadCounts.LOCAL));
    }

    /** Why there are no statistics, by what is the same for all slices of one array. */
    Optional<Tuple2<String, Failure>> failure() {
        return Optional.ofNullable(failure).map(found -> new Tuple2<>(tile.array(), found));
    }
}
