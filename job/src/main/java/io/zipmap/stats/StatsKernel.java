package io.zipmap.stats;

import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes statistics of a mapped array through a bounded buffer of 128 or 256 KiB, however large the array is. Each
 * block is read once, and passed over while it is in the cache: once where a float holds the values, twice where only
 * more bits do.
 */
public final class StatsKernel {
    private final MappedArray array;
    private final Tile tile;
    private final BooleanSupplier cancelled;
    private final Accumulator columns;
    private final @Nullable Sketches sketches;

    private StatsKernel(MappedArray array, Tile tile, boolean quantiles, BooleanSupplier cancelled) {
        this.array = array;
        this.tile = tile;
        this.cancelled = cancelled;
        this.columns = Accumulator.of(array.dtype(), tile.columns());
        this.sketches = quantiles ? Sketches.empty(tile.columns()) : null;
    }

    /** As the other, without quantiles, and given up when this thread is interrupted. */
    public static TileStats of(MappedArray array, long fromRow, long toRow, Tile tile) throws IOException {
        return of(array, fromRow, toRow, tile, false, Thread.currentThread()::isInterrupted);
    }

    /**
     * Statistics of a tile of an array of numbers over the rows from {@code fromRow} up to but not including
     * {@code toRow}.
     *
     * @param quantiles whether to keep a sketch of every column; costs nothing when not
     * @param cancelled asked once a block, some 16000 to 65000 values
     * @throws InterruptedIOException when {@code cancelled} says so
     * @throws IOException when the array cannot be read
     * @throws IndexOutOfBoundsException when the array has no such rows or columns
     */
    public static TileStats of(
            MappedArray array, long fromRow, long toRow, Tile tile, boolean quantiles, BooleanSupplier cancelled)
            throws IOException {
        Objects.checkFromToIndex(fromRow, toRow, array.rows());
        Objects.checkFromToIndex(tile.fromColumn(), tile.toColumn(), array.columns());
        StatsKernel kernel = new StatsKernel(array, tile, quantiles, cancelled);
        kernel.run(fromRow, toRow);
        return new TileStats(
                toRow - fromRow, kernel.columns, kernel.sketches == null ? null : kernel.sketches.toBytes());
    }

    /** Row blocks, and in each of them groups of columns that fit a block; in Fortran order, column by column. */
    private void run(long fromRow, long toRow) throws IOException {
        if (fromRow == toRow) {
            return;
        }
        boolean columnMajor = BlockReducer.columnMajor(array);
        int groups = columnMajor ? tile.columns() : (tile.columns() + BlockReducer.WIDEST - 1) / BlockReducer.WIDEST;
        int width = (tile.columns() + groups - 1) / groups;
        BlockReducer block = BlockReducer.of(array, width);
        BlockReducer narrow = tile.columns() % width == 0 ? block : BlockReducer.of(array, tile.columns() % width);
        long step = columnMajor || groups == 1 ? toRow - fromRow : block.capacity();
        for (long row = fromRow; row < toRow; row += step) {
            long end = Math.min(toRow, row + step);
            for (int at = 0; at < tile.columns(); at += width) {
                BlockReducer fitting = tile.columns() - at < width ? narrow : block;
                for (long first = row; first < end; first += fitting.rows()) {
                    fitting.fill(array, first, fitting.fitting(end - first), tile.fromColumn() + at);
                    take(fitting, at);
                }
                fitting.flush(columns, at);
            }
        }
    }

    private void take(BlockReducer block, int at) throws IOException {
        if (cancelled.getAsBoolean()) {
            throw new InterruptedIOException("Statistics of " + array.layout() + " were cancelled");
        }
        block.add(columns, at);
        if (sketches != null) {
            block.feed(sketches, at);
        }
    }
}
