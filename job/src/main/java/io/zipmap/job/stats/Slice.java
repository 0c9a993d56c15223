package io.zipmap.job.stats;

import io.zipmap.array.Leaf;
import io.zipmap.mapped.MappedArray;
import io.zipmap.stats.StatsKernel;
import io.zipmap.stats.Tile;
import io.zipmap.stats.TileStats;
import io.zipmap.store.ArrayRecord;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The unit of parallel reading: a range of rows of one tile of columns of one leaf of one array, or a range of elements
 * of a leaf with too many columns. Immutable.
 */
final class Slice implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayRecord record;
    private final Leaf leaf;
    private final long from;
    private final long to;
    private final @Nullable Tile tile;

    private Slice(ArrayRecord record, Leaf leaf, long from, long to, @Nullable Tile tile) {
        this.record = record;
        this.leaf = leaf;
        this.from = from;
        this.to = to;
        this.tile = tile;
    }

    static Slice ofRows(ArrayRecord record, Leaf leaf, long fromRow, long toRow, Tile tile) {
        return new Slice(record, leaf, fromRow, toRow, tile);
    }

    /** The elements of the leaf from {@code from} on, in the order of storage. */
    static Slice ofElements(ArrayRecord record, Leaf leaf, long from, long to) {
        return new Slice(record, leaf, from, to, null);
    }

    ArrayRecord record() {
        return record;
    }

    Leaf leaf() {
        return leaf;
    }

    LeafKey leafKey() {
        return new LeafKey(record, leaf);
    }

    /** The first row, or the first element of a slice without a tile. */
    long from() {
        return from;
    }

    /** Exclusive. */
    long to() {
        return to;
    }

    /** The columns; null for a range of elements. */
    @Nullable
    Tile tile() {
        return tile;
    }

    /** Whether it is the first slice of its array. */
    boolean isFirst() {
        return from == 0 && leaf.offset() == 0 && (tile == null || tile.fromColumn() == 0);
    }

    int columns() {
        return tile == null ? 1 : tile.columns();
    }

    long bytes() {
        return (to - from) * columns() * leaf.dtype().itemSize();
    }

    /** Computes the statistics of the slice from its array. */
    TileStats stats(MappedArray array, boolean quantiles, BooleanSupplier cancelled) throws IOException {
        MappedArray elements = array.leaf(leaf);
        return tile == null
                ? StatsKernel.computeElements(elements, from, to, quantiles, cancelled)
                : StatsKernel.compute(elements, from, to, tile, quantiles, cancelled);
    }
}
