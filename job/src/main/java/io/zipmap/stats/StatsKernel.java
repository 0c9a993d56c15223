package io.zipmap.stats;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Order;
import io.zipmap.array.Shape;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes statistics of a range of rows and columns of a mapped array. It reads block by block into a buffer of 128 or
 * 256 KiB, however large the array is. A block is processed while it is in the CPU cache: in one pass if a float
 * represents the values exactly, otherwise in two.
 */
public final class StatsKernel {
    private final MappedArray array;
    private final ArrayLayout layout;
    private final Tile tile;
    private final BooleanSupplier cancelled;
    private final Accumulator columns;
    private final @Nullable Sketches sketches;

    /** @param layout in which the elements of the array are read */
    private StatsKernel(
            MappedArray array, ArrayLayout layout, Tile tile, boolean quantiles, BooleanSupplier cancelled) {
        this.array = array;
        this.layout = layout;
        this.tile = tile;
        this.cancelled = cancelled;
        this.columns = Accumulator.of(array.dtype(), tile.columns());
        this.sketches = quantiles ? Sketches.empty(tile.columns()) : null;
    }

    /** Computes statistics without quantiles; is cancelled by an interrupt of this thread. */
    public static TileStats compute(MappedArray array, long fromRow, long toRow, Tile tile) throws IOException {
        return compute(array, fromRow, toRow, tile, false, Thread.currentThread()::isInterrupted);
    }

    /**
     * Computes statistics of a tile over the rows from {@code fromRow} up to but not including {@code toRow}. The array
     * must have a numeric dtype.
     *
     * @param quantiles whether to keep a quantile sketch of every column
     * @param cancelled checked once per block of some 16000 to 65000 values
     * @throws InterruptedIOException if {@code cancelled} returns true
     * @throws IOException if the array cannot be read
     * @throws IndexOutOfBoundsException if the array has no such rows or columns
     */
    public static TileStats compute(
            MappedArray array, long fromRow, long toRow, Tile tile, boolean quantiles, BooleanSupplier cancelled)
            throws IOException {
        Objects.checkFromToIndex(fromRow, toRow, array.rows());
        Objects.checkFromToIndex(tile.fromColumn(), tile.toColumn(), array.columns());
        return new StatsKernel(array, array.layout(), tile, quantiles, cancelled).run(fromRow, toRow);
    }

    /**
     * Computes statistics of a range of elements in the order of storage, whatever the shape: one column has them all.
     * Parameters and exceptions are those of {@link #compute(MappedArray, long, long, Tile, boolean, BooleanSupplier)}.
     */
    public static TileStats computeElements(
            MappedArray array, long from, long to, boolean quantiles, BooleanSupplier cancelled) throws IOException {
        Objects.checkFromToIndex(from, to, array.size());
        ArrayLayout flat = new ArrayLayout(array.dtype(), Shape.of(array.size()), Order.C);
        return new StatsKernel(array, flat, Tile.of(0, 1), quantiles, cancelled).run(from, to);
    }

    private TileStats run(long fromRow, long toRow) throws IOException {
        reduce(fromRow, toRow);
        return new TileStats(toRow - fromRow, columns, sketches == null ? null : sketches.toBytes());
    }

    /** Reads row blocks, and groups of columns in each of them. An array in Fortran order is read column by column. */
    private void reduce(long fromRow, long toRow) throws IOException {
        if (fromRow == toRow) {
            return;
        }
        boolean columnMajor = !layout.isRowMajor();
        int groups = columnMajor
                ? tile.columns()
                : (tile.columns() + BlockReducer.MAX_COLUMNS - 1) / BlockReducer.MAX_COLUMNS;
        int width = (tile.columns() + groups - 1) / groups;
        BlockReducer block = BlockReducer.of(layout, width);
        BlockReducer narrow = tile.columns() % width == 0 ? block : BlockReducer.of(layout, tile.columns() % width);
        long step = columnMajor || groups == 1 ? toRow - fromRow : block.capacity();
        for (long row = fromRow; row < toRow; row += step) {
            long end = Math.min(toRow, row + step);
            for (int at = 0; at < tile.columns(); at += width) {
                BlockReducer reducer = tile.columns() - at < width ? narrow : block;
                for (long first = row; first < end; first += reducer.rows()) {
                    reducer.fill(array, first, reducer.rowsToRead(end - first), tile.fromColumn() + at);
                    reduceBlock(reducer, at);
                }
                reducer.flush(columns, at);
            }
        }
    }

    private void reduceBlock(BlockReducer block, int at) throws IOException {
        if (cancelled.getAsBoolean()) {
            throw new InterruptedIOException("Statistics of " + array.layout() + " were cancelled");
        }
        block.addTo(columns, at);
        if (sketches != null) {
            block.updateSketches(sketches, at);
        }
    }
}
