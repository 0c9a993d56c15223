package io.zipmap.sql.pushdown;

import io.zipmap.array.ArrayLayout;
import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.stats.Tile;
import java.util.Arrays;
import java.util.List;

/**
 * How an array is cut: into slices, which are the work of a task, and these into blocks, which zone maps tell of. A
 * zone map is of one slice, of all columns where rows are read whole anyhow, and of some neighbours where columns lie
 * apart. Immutable.
 *
 * @param sliceRows a multiple of {@code blockRows}
 * @param leastBytes of a slice that has zone maps
 */
record ZoneGrid(long sliceRows, long blockRows, long leastBytes) {
    /**
     * Of the bytes of a slice, 64 MiB unless said otherwise: so many rows are a block. And so many bytes are read
     * faster than a file that tells of them.
     */
    private static final int PART = 1024;

    /** Files a slice, where columns lie apart. */
    private static final int MOST_GROUPS = 16;

    static ZoneGrid of(FoundArray array, long sliceBytes) {
        long most = Math.max(1, sliceBytes / array.rowBytes());
        long blockRows = Math.max(1, Math.min(most, sliceBytes / PART));
        return new ZoneGrid(most / blockRows * blockRows, blockRows, sliceBytes / PART);
    }

    /** Whether these are all the rows of a slice. */
    boolean isSlice(ArraySlice piece) {
        return piece.fromRow() % sliceRows == 0
                && piece.toRow() == Math.min(piece.array().rows(), piece.fromRow() + sliceRows);
    }

    /** What there are zone maps of, for these columns of a slice; empty when there are none. */
    List<Tile> tiles(ArraySlice slice, int[] columns) {
        ArrayLayout layout = slice.array().layout();
        int dimensions = layout.shape().dimensions();
        if (dimensions > 2 || !layout.dtype().kind().isPlain() || slice.bytes() < leastBytes) {
            return List.of();
        }
        long all = layout.shape().columns();
        if (!layout.isRowMajor()) {
            return groups(columns, all);
        }
        List<Tile> read = SliceStats.tiles(layout, columns);
        return read.get(0).columns() == all ? read : List.of();
    }

    private static List<Tile> groups(int[] columns, long all) {
        long width = (all + MOST_GROUPS - 1) / MOST_GROUPS;
        return width > Tile.MAX_COLUMNS
                ? List.of()
                : Arrays.stream(columns)
                        .mapToLong(column -> column / width)
                        .distinct()
                        .mapToObj(group -> Tile.of(group * width, Math.min(all, (group + 1) * width)))
                        .toList();
    }
}
