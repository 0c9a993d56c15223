package io.zipmap.job;

import io.zipmap.stats.Tile;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;

/** A range of rows of one tile of one array: the unit of parallel reading. Immutable. */
final class Slice implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayRecord record;
    private final long fromRow;
    private final long toRow;
    private final Tile tile;

    Slice(ArrayRecord record, long fromRow, long toRow, Tile tile) {
        this.record = record;
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.tile = tile;
    }

    ArrayRecord record() {
        return record;
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
        return (toRow - fromRow) * tile.columns() * record.layout().dtype().itemSize();
    }
}
