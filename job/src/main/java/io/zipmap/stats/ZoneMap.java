package io.zipmap.stats;

import io.zipmap.array.Dtype;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A zone map: statistics of a tile over some rows, block of rows by block. This says which rows and columns, and turns
 * the statistics into bytes and back. Immutable.
 */
public final class ZoneMap {
    /** Goes up when the bytes, or what the kernels find, would be others. */
    private static final int VERSION = 1;

    private final long fromRow;
    private final long toRow;
    private final long blockRows;
    private final Tile tile;

    /** @param blockRows rows of a block, but for the last */
    public ZoneMap(long fromRow, long toRow, long blockRows, Tile tile) {
        if (blockRows < 1) {
            throw new IllegalArgumentException("Blocks of " + blockRows + " rows");
        }
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.blockRows = blockRows;
        this.tile = tile;
    }

    /** How many there are. */
    public int blocks() {
        return Math.toIntExact((toRow - fromRow + blockRows - 1) / blockRows);
    }

    /** First row of a block; of one past the last block, one past the last row. */
    public long row(int block) {
        return Math.min(toRow, fromRow + block * blockRows);
    }

    public int bytes() {
        return Math.multiplyExact(Math.multiplyExact(blocks(), tile.columns()), Accumulator.COLUMN_BYTES);
    }

    /**
     * Reads the array.
     *
     * @param cancelled as {@link StatsKernel#of} asks it
     */
    public ByteBuffer find(MappedArray array, BooleanSupplier cancelled) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(bytes());
        for (int block = 0; block < blocks(); block++) {
            Accumulator columns = StatsKernel.of(array, row(block), row(block + 1), tile, false, cancelled)
                    .values();
            for (int i = 0; i < tile.columns(); i++) {
                columns.write(i, bytes);
            }
        }
        return bytes.flip();
    }

    /** The statistics of each block, of bytes that {@link #find} gave for an array of this dtype. */
    public List<TileStats> read(ByteBuffer bytes, Dtype dtype) {
        List<TileStats> stats = new ArrayList<>();
        for (int block = 0; block < blocks(); block++) {
            Accumulator columns = Accumulator.of(dtype, tile.columns());
            for (int i = 0; i < tile.columns(); i++) {
                columns.read(i, bytes);
            }
            stats.add(new TileStats(row(block + 1) - row(block), columns, null));
        }
        return stats;
    }

    /** All that decides the bytes, but for the array. */
    @Override
    public String toString() {
        return "zones " + VERSION + ": rows " + fromRow + " to " + toRow + " by " + blockRows + ", " + tile;
    }
}
