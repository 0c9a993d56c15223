package io.zipmap.sql.pushdown;

import io.zipmap.IoFunction;
import io.zipmap.sql.catalog.FoundArray;
import io.zipmap.sql.catalog.RowSlice;
import io.zipmap.stats.Tile;
import io.zipmap.stats.TileStats;
import io.zipmap.stats.ZoneMap;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The zone maps of one array in one slice: statistics of some columns for each block of rows. Immutable. */
public final class ZoneStats {
    private final RowSlice slice;
    private final ZoneMap layout;
    private final List<SliceStats> blocks;

    private ZoneStats(RowSlice slice, ZoneMap layout, List<SliceStats> blocks) {
        this.slice = slice;
        this.layout = layout;
        this.blocks = blocks;
    }

    /**
     * Reads the zone maps of a slice from their files in scratch. A missing file is made first, in one pass over the
     * slice.
     *
     * @param arrays opens an array by its position in the row group
     * @param columns of the array, sorted, at least one
     * @return null if {@code slice} is not a whole slice of the group's {@link ZoneGrid}, or the array has no zone maps
     */
    public static @Nullable ZoneStats read(
            IoFunction<Integer, HeldArray> arrays,
            RowSlice slice,
            int member,
            int[] columns,
            int sliceBytes,
            BooleanSupplier cancelled)
            throws IOException {
        ZoneGrid grid = ZoneGrid.of(slice.group(), sliceBytes);
        FoundArray found = slice.group().array(member);
        List<Tile> tiles = grid.isSlice(slice) ? grid.tiles(found, slice.rows(), columns) : List.of();
        if (tiles.isEmpty()) {
            return null;
        }
        HeldArray held = arrays.apply(member);
        List<List<TileStats>> ofTiles = new ArrayList<>();
        for (Tile tile : tiles) {
            ZoneMap zones = new ZoneMap(slice.fromRow(), slice.toRow(), grid.blockRows(), tile);
            ByteBuffer bytes = held.zones(zones.toString(), zones.bytes(), array -> zones.compute(array, cancelled));
            if (bytes == null) {
                return null;
            }
            ofTiles.add(zones.read(bytes, held.layout().dtype()));
        }
        ZoneMap layout = new ZoneMap(slice.fromRow(), slice.toRow(), grid.blockRows(), tiles.get(0));
        List<SliceStats> blocks = new ArrayList<>();
        for (int i = 0; i < layout.blocks(); i++) {
            int block = i;
            blocks.add(new SliceStats(
                    tiles, ofTiles.stream().map(stats -> stats.get(block)).toList()));
        }
        return new ZoneStats(slice, layout, blocks);
    }

    /** Statistics of the whole slice. */
    public SliceStats merged() {
        return blocks.stream().reduce(SliceStats::merge).orElseThrow();
    }

    /** The rows of each block. */
    List<RowSlice> blocks() {
        List<RowSlice> rows = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            rows.add(slice.part(layout.row(i), layout.row(i + 1)));
        }
        return rows;
    }

    SliceStats stats(int block) {
        return blocks.get(block);
    }
}
