package io.zipmap.job;

import io.zipmap.array.Shape;
import io.zipmap.stats.Tile;
import io.zipmap.store.ArrayRecord;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Cuts one array: first into tiles of columns, so that the statistics of a very wide array stay bounded, then each tile
 * into slices of rows of at most {@code sliceBytes}. An array without rows gives one empty slice a tile; one without
 * columns gives none.
 */
final class Slices implements Iterator<Slice> {
    private final ArrayRecord record;
    private final long rows;
    private final long columns;
    private final int sliceBytes;
    private final boolean quantiles;
    private final long tiles;
    private long row;
    private long tile;

    /** @param quantiles whether tiles must be narrow enough for sketches */
    Slices(ArrayRecord record, int sliceBytes, boolean quantiles) {
        Shape shape = record.layout().shape();
        this.record = record;
        this.rows = shape.rows();
        this.columns = shape.columns();
        this.sliceBytes = sliceBytes;
        this.quantiles = quantiles;
        this.tiles = Tile.count(columns, quantiles);
    }

    @Override
    public boolean hasNext() {
        return tile < tiles;
    }

    @Override
    public Slice next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Tile current = Tile.at(columns, quantiles, tile);
        long rowBytes = (long) current.columns() * record.layout().dtype().itemSize();
        long toRow = Math.min(rows, row + Math.max(1, sliceBytes / rowBytes));
        Slice slice = new Slice(record, row, toRow, current);
        row = toRow;
        if (row >= rows) {
            row = 0;
            tile++;
        }
        return slice;
    }
}
