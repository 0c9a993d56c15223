package io.zipmap.sql;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Dtype;
import io.zipmap.array.Order;
import io.zipmap.stats.Tile;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How an array is cut: into slices, which are the work of a task, and these into blocks, which zone maps tell of. A zone map is of
 * one slice; of all columns where their rows are read whole anyhow, else of one. Immutable.
 *
 * @param sliceRows a multiple of {@code blockRows}
 */
record ZoneGrid(long sliceRows, long blockRows, long leastBytes) {
    /**
     * Of the bytes of a slice, 64 MiB unless said otherwise: so many rows are a block. And so many bytes are read faster than a file
     * that tells of them.
     */
    private static final int PART = 1024;

    private static final Set<Dtype.Kind> ORDERED =
            EnumSet.of(Dtype.Kind.BOOL, Dtype.Kind.INT, Dtype.Kind.UINT, Dtype.Kind.FLOAT);

    static ZoneGrid of(FoundArray array, long sliceBytes) {
        long most = Math.max(1, sliceBytes / array.rowBytes());
        long blockRows = Math.max(1, Math.min(most, sliceBytes / PART));
        return new ZoneGrid(most / blockRows * blockRows, blockRows, sliceBytes / PART);
    }

    /** Whether these are all the rows of a slice. */
    boolean isSlice(Piece piece) {
        return piece.fromRow() % sliceRows == 0
                && piece.toRow() == Math.min(piece.array().rows(), piece.fromRow() + sliceRows);
    }

    /** What there are zone maps of, for these columns of a slice; empty when there are none. */
    List<Tile> tiles(Piece slice, int[] columns) {
        ArrayLayout layout = slice.array().layout();
        if (layout.shape().dimensions() > 2 || !ORDERED.contains(layout.dtype().kind())) {
            return List.of();
        }
        boolean byColumn = layout.order() == Order.FORTRAN && layout.shape().dimensions() > 1;
        List<Tile> tiles = byColumn
                ? Arrays.stream(columns)
                        .mapToObj(column -> Tile.of(column, column + 1L))
                        .toList()
                : SliceStats.tiles(layout, columns);
        long all = layout.shape().columns();
        long bytes = slice.bytes() / all * (byColumn ? 1 : all);
        boolean whole = byColumn || tiles.get(0).columns() == all;
        return whole && bytes >= leastBytes ? tiles : List.of();
    }
}
