package io.zipmap.job.stats;

import io.zipmap.array.Leaf;
import io.zipmap.job.extract.SliceRules;
import io.zipmap.plan.RowSlicer;
import io.zipmap.stats.Tile;
import io.zipmap.store.ArrayRecord;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one array into slices for its statistics: the array into its numeric leaves, a leaf into tiles of columns, and a
 * tile into ranges of rows of at most {@code sliceBytes}. Most arrays have one leaf and one tile; tiles bound the
 * memory for statistics of wide arrays. A leaf of an array with too many columns is cut into ranges of elements. An
 * array without statistics has no slices.
 */
final class SliceCutter implements Iterator<Slice> {
    private final ArrayRecord record;
    private final boolean tooWide;
    private final Iterator<Leaf> leaves;
    private final SliceRules slicing;
    private @Nullable Leaf leaf;
    private long columns;
    private long rows;
    private long tiles;
    private long row;
    private long tile;

    SliceCutter(ArrayRecord record, SliceRules slicing) {
        this.record = record;
        this.tooWide = slicing.tooWide(record.layout());
        this.leaves = slicing.leaves(record.layout()).iterator();
        this.slicing = slicing;
    }

    @Override
    public boolean hasNext() {
        while (tile >= tiles && leaves.hasNext()) {
            leaf = leaves.next();
            long width = record.layout().columns(leaf);
            long height = record.layout().shape().rows();
            columns = tooWide && width > 0 ? 1 : width;
            rows = tooWide ? height * width : height;
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
        long toRow =
                RowSlicer.ofBytes(slicing.sliceBytes(), rowBytes(leaf, current)).sliceEnd(row, rows);
        Slice slice =
                tooWide ? Slice.ofElements(record, leaf, row, toRow) : Slice.ofRows(record, leaf, row, toRow, current);
        row = toRow;
        if (row >= rows) {
            row = 0;
            tile++;
        }
        return slice;
    }

    /** Bytes that one row of a tile spans in the file, including those of other leaves between its elements. */
    private long rowBytes(Leaf tileLeaf, Tile part) {
        return Math.max(1, (long) part.columns() * record.layout().dtype().itemSize() / tileLeaf.elements());
    }
}
