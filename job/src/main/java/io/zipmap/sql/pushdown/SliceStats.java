package io.zipmap.sql.pushdown;

import io.zipmap.array.ArrayLayout;
import io.zipmap.mapped.MappedArray;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.StatsKernel;
import io.zipmap.stats.Tile;
import io.zipmap.stats.TileStats;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Statistics of some columns of one array in a slice. Where one pass over neighbouring columns is faster, it also has
 * the columns between the wanted ones. Immutable.
 */
public final class SliceStats {
    /** A gap of fewer bytes between two columns is read faster than it is skipped. */
    private static final int NEAR_BYTES = 4096;

    private final List<Tile> tiles;
    private final List<TileStats> stats;

    SliceStats(List<Tile> tiles, List<TileStats> stats) {
        this.tiles = tiles;
        this.stats = stats;
    }

    /**
     * Computes statistics in one pass over the mapped rows of a slice.
     *
     * @param columns sorted, at least one
     * @param cancelled polled during the pass
     */
    public static SliceStats compute(MappedArray array, RowSlice slice, int[] columns, BooleanSupplier cancelled)
            throws IOException {
        return compute(array, slice.fromRow(), slice.toRow(), columns, cancelled);
    }

    private static SliceStats compute(
            MappedArray array, long fromRow, long toRow, int[] columns, BooleanSupplier cancelled) throws IOException {
        List<Tile> tiles = tiles(array.layout(), columns);
        List<TileStats> stats = new ArrayList<>();
        for (Tile tile : tiles) {
            stats.add(StatsKernel.compute(array, fromRow, toRow, tile, false, cancelled));
        }
        return new SliceStats(tiles, stats);
    }

    /** Statistics of an array without axes, as of one row. */
    public static SliceStats ofConstant(HeldArray array, BooleanSupplier cancelled) throws IOException {
        return array.read((mapped, heals) -> compute(mapped, 0, 1, new int[1], cancelled));
    }

    /**
     * Ranges of columns that are read together to get these columns.
     *
     * @param columns sorted, at least one
     */
    static List<Tile> tiles(ArrayLayout layout, int[] columns) {
        long all = layout.shape().columns();
        boolean columnMajor = !layout.isRowMajor();
        int near = columnMajor ? 1 : Math.max(1, NEAR_BYTES / layout.dtype().itemSize());
        if (!columnMajor && all <= near) {
            return List.of(Tile.of(0, all));
        }
        List<Tile> tiles = new ArrayList<>();
        int from = columns[0];
        for (int i = 1; i < columns.length; i++) {
            if (columns[i] - columns[i - 1] > near || columns[i] - from >= Tile.MAX_COLUMNS) {
                tiles.add(Tile.of(from, columns[i - 1] + 1L));
                from = columns[i];
            }
        }
        tiles.add(Tile.of(from, columns[columns.length - 1] + 1L));
        return tiles;
    }

    /** Statistics of these rows and the other rows together; both are of one array and of the same columns. */
    SliceStats merge(SliceStats other) {
        List<TileStats> both = new ArrayList<>();
        for (int i = 0; i < stats.size(); i++) {
            both.add(stats.get(i).merge(other.stats.get(i)));
        }
        return new SliceStats(tiles, both);
    }

    ColumnStats column(ColumnRef column) {
        int i = 0;
        while (tiles.get(i).toColumn() <= column.number()) {
            i++;
        }
        return stats.get(i).column((int) (column.number() - tiles.get(i).fromColumn()));
    }
}
