package io.zipmap.job.stats;

import io.zipmap.array.Leaf;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.stats.Tile;
import io.zipmap.store.ArrayRecord;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one array: first into the leaves that are numbers, of which most arrays have one, the leaf into tiles of
 * columns, so that the statistics of a very wide array stay bounded, then each tile into slices of rows of at most
 * {@code sliceBytes}. An array without statistics gives none.
 */
final class SliceCutter implements Iterator<Slice> {
    private final ArrayRecord record;
    private final long rows;
    private final Iterator<Leaf> leaves;
    private final SliceRules slicing;
    private @Nullable Leaf leaf;
    private long columns;
    private long tiles;
    private long row;
    private long tile;

    SliceCutter(ArrayRecord record, SliceRules slicing) {
        this.record = record;
        this.rows = record.layout().shape().rows();
        this.leaves = slicing.leaves(record.layout()).iterator();
        this.slicing = slicing;
    }

    @Override
    public boolean hasNext() {
        while (tile >= tiles && leaves.hasNext()) {
            leaf = leaves.next();
            columns = record.layout().columns(leaf);
            tiles = Tile.count(columns, slicing.quantiles());
            tile = 0;
        }
        return tile < tiles;
    }

    @Override
    public Slice next() {
        if (!hasNext() || leaf == null) {
            throw new NoSuchElementException();
        }
        Tile current = Tile.at(columns, slicing.quantiles(), tile);
        long toRow = Math.min(rows, row + Math.max(1, slicing.sliceBytes() / touched(leaf, current)));
        Slice slice = new Slice(record, leaf, row, toRow, current);
        row = toRow;
        if (row >= rows) {
            row = 0;
            tile++;
        }
        return slice;
    }

    /** Bytes of a row that are mapped, what lies between the elements of the leaf included. */
    private long touched(Leaf of, Tile part) {
        return Math.max(1, (long) part.columns() * record.layout().dtype().itemSize() / of.elements());
    }
}
