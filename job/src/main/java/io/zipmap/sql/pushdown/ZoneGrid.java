package io.zipmap.sql.pushdown;

import io.zipmap.array.ArrayLayout;
import io.zipmap.plan.RowSlicer;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.RowGroup;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.stats.Tile;
import java.util.Arrays;
import java.util.List;

/**
 * The division of a row group into slices, which tasks read, and of each slice into blocks of rows, which zone maps
 * describe. A zone map covers one slice of one array: all columns of a row-major array, a group of neighbouring columns
 * of a column-major one. Immutable.
 *
 * <p>The bytes of a whole row, with all arrays of the group, decide how many rows a slice and a block have. So the
 * slices and blocks of all members of an archive have the same rows, whichever members a query reads, and a zone map
 * that one query has made serves all others. A member of short rows beside one of long rows has small slices, and may
 * have none large enough for a zone map: then the slice is read faster.
 *
 * @param slicer cuts slices of whole blocks
 * @param minBytes a slice of an array with fewer bytes has no zone map
 */
record ZoneGrid(RowSlicer slicer, long blockRows, long minBytes) {
    /**
     * A slice of {@code sliceBytes}, by default 64 MiB, has blocks of up to {@code sliceBytes / 1024} rows. A slice of
     * fewer bytes than that is read faster than its zone map.
     */
    private static final int SLICE_FRACTION = 1024;

    /** Most zone files of one slice of a column-major array. */
    private static final int MAX_COLUMN_GROUPS = 16;

    static ZoneGrid of(RowGroup group, long sliceBytes) {
        long maxRows = RowSlicer.ofBytes(sliceBytes, group.rowBytes()).sliceRows();
        long blockRows = Math.max(1, Math.min(maxRows, sliceBytes / SLICE_FRACTION));
        return new ZoneGrid(new RowSlicer(maxRows / blockRows * blockRows), blockRows, sliceBytes / SLICE_FRACTION);
    }

    /** Whether these rows are exactly one slice of this grid. */
    boolean isSlice(RowSlice rows) {
        return slicer.isSlice(rows.fromRow(), rows.toRow(), rows.group().rows());
    }

    /**
     * The tiles whose zone maps hold these columns of a slice; empty if the slice has no zone maps.
     *
     * @param rows of the slice
     */
    List<Tile> tiles(FoundArray array, long rows, int[] columns) {
        ArrayLayout layout = array.layout();
        int dimensions = layout.shape().dimensions();
        if (dimensions > 2 || !layout.dtype().kind().isPlain() || rows * array.rowBytes() < minBytes) {
            return List.of();
        }
        long all = layout.shape().columns();
        if (!layout.isRowMajor()) {
            return columnGroups(columns, all);
        }
        List<Tile> tiles = SliceStats.tiles(layout, columns);
        return tiles.get(0).columns() == all ? tiles : List.of();
    }

    private static List<Tile> columnGroups(int[] columns, long all) {
        long width = (all + MAX_COLUMN_GROUPS - 1) / MAX_COLUMN_GROUPS;
        return width > Tile.MAX_COLUMNS
                ? List.of()
                : Arrays.stream(columns)
                        .mapToLong(column -> column / width)
                        .distinct()
                        .mapToObj(group -> Tile.of(group * width, Math.min(all, (group + 1) * width)))
                        .toList();
    }
}
