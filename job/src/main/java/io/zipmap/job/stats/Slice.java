package io.zipmap.job.stats;

import io.zipmap.array.Leaf;
import io.zipmap.stats.Tile;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;

/** A range of rows of one tile of columns of one leaf of one array: the unit of parallel reading. Immutable. */
final class Slice implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayRecord record;
    private final Leaf leaf;
    private final long fromRow;
    private final long toRow;
    private final Tile tile;

    Slice(ArrayRecord record, Leaf leaf, long fromRow, long toRow, Tile tile) {
        this.record = record;
        this.leaf = leaf;
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.tile = tile;
    }

    ArrayRecord record() {
        return record;
    }

    Leaf leaf() {
        return leaf;
    }

    long fromRow() {
        return fromRow;
    }

    /** Exclusive. */
    long toRow() {
        return toRow;
    }

    Tile tile() {
        return tile;
    }

    long bytes() {
        return (toRow - fromRow) * tile.columns() * leaf.dtype().itemSize();
    }
}
