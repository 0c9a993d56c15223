package io.zipmap.sql.pushdown;

import io.zipmap.array.ArrayLayout;
import io.zipmap.mapped.MappedArray;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.ColumnRef;
import io.zipmap.stats.ColumnStats;
import io.zipmap.stats.StatsKernel;
import io.zipmap.stats.Tile;
import io.zipmap.stats.TileStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Statistics of some columns of a slice. Where one pass over neighbouring columns is faster, it also has the columns
 * between the wanted ones. Immutable.
 */
public final class SliceStats {
    /** A gap of fewer bytes between two columns is read faster than it is skipped. */
    private static final int NEAR_BYTES = 4096;

    /** Statistics of no column. */
    public static final SliceStats NONE = new SliceStats(List.of(), List.of());

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
    public static SliceStats compute(MappedArray array, ArraySlice slice, int[] columns, BooleanSupplier cancelled)
            throws IOException {
        List<Tile> tiles = tiles(array.layout(), columns);
        List<TileStats> stats = new ArrayList<>();
        for (Tile tile : tiles) {
            stats.add(StatsKernel.compute(array, slice.fromRow(), slice.toRow(), tile, false, cancelled));
        }
        return new SliceStats(tiles, stats);
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
