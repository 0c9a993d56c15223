package io.zipmap.stats;

import io.zipmap.array.Dtype;
import io.zipmap.mapped.MappedArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Computes, writes and reads the zone map of a tile over a range of rows: statistics per block of rows and column. An
 * instance holds the rows, the block size and the tile, but no statistics. Immutable.
 */
public final class ZoneMap {
    /** Version of the byte form and of the kernels' results; increment it when either changes. */
    private static final int VERSION = 2;

    private final long fromRow;
    private final long toRow;
    private final long blockRows;
    private final Tile tile;

    /** @param blockRows rows of a block; the last block may have fewer */
    public ZoneMap(long fromRow, long toRow, long blockRows, Tile tile) {
        if (blockRows < 1) {
            throw new IllegalArgumentException("Blocks of " + blockRows + " rows");
        }
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.blockRows = blockRows;
        this.tile = tile;
    }

    /** Number of blocks. */
    public int blocks() {
        return Math.toIntExact((toRow - fromRow + blockRows - 1) / blockRows);
    }

    /** First row of a block. {@code row(blocks())} is the end of the last block. */
    public long row(int block) {
        return Math.min(toRow, fromRow + block * blockRows);
    }

    /** Number of bytes of the zone map. */
    public int bytes() {
        return Math.multiplyExact(Math.multiplyExact(blocks(), tile.columns()), Accumulator.COLUMN_BYTES);
    }

    /**
     * Computes the zone map of an array.
     *
     * @param cancelled checked once per block, as by {@link StatsKernel#compute}
     * @return the byte form, which {@link #read} parses
     */
    public ByteBuffer compute(MappedArray array, BooleanSupplier cancelled) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(bytes());
        for (int block = 0; block < blocks(); block++) {
            Accumulator columns = StatsKernel.compute(array, row(block), row(block + 1), tile, false, cancelled)
                    .accumulator();
            for (int i = 0; i < tile.columns(); i++) {
                columns.write(i, bytes);
            }
        }
        return bytes.flip();
    }

    /**
     * Parses a zone map.
     *
     * @param bytes as {@link #compute} returned them
     * @param dtype of the array
     * @return statistics of each block
     */
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

    /** A text that identifies the zone map of an array. It is part of file names in scratch, so keep its form. */
    @Override
    public String toString() {
        return "zones " + VERSION + ": rows " + fromRow + " to " + toRow + " by " + blockRows + ", " + tile;
    }
}
