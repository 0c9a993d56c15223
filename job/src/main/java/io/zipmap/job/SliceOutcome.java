package io.zipmap.job;

import io.zipmap.stats.TileStats;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** What became of one slice: statistics, or a failure. Immutable. */
final class SliceOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @Nullable ArrayTile tile;
    private final @Nullable TileStats stats;
    private final @Nullable String array;
    private final @Nullable Failure failure;

    private SliceOutcome(
            @Nullable ArrayTile tile, @Nullable TileStats stats, @Nullable String array, @Nullable Failure failure) {
        this.tile = tile;
        this.stats = stats;
        this.array = array;
        this.failure = failure;
    }

    static SliceOutcome of(ArrayTile tile, TileStats stats) {
        return new SliceOutcome(tile, stats, null, null);
    }

    static SliceOutcome of(ArrayRecord record, Failure failure) {
        return new SliceOutcome(null, null, record.archive().uri() + "\0" + record.entryIndex(), failure);
    }

    /** The statistics of the slice's rows, by tile. */
    Optional<Tuple2<ArrayTile, TileStats>> stats() {
        return stats == null ? Optional.empty() : Optional.of(new Tuple2<>(tile, stats));
    }

    /** Why there are none, by what is the same for all slices of one array. */
    Optional<Tuple2<String, Failure>> failure() {
        return failure == null ? Optional.empty() : Optional.of(new Tuple2<>(array, failure));
    }
}
