package io.zipmap.sql.pushdown;

import io.zipmap.sql.catalog.ArraySlice;
import io.zipmap.stats.Tile;
import io.zipmap.stats.TileStats;
import io.zipmap.stats.ZoneMap;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The zone maps of one slice: statistics of some columns for each block of its rows. Immutable. */
public final class ZoneStats {
    private final ArraySlice slice;
    private final ZoneMap layout;
    private final List<SliceStats> blocks;

    private ZoneStats(ArraySlice slice, ZoneMap layout, List<SliceStats> blocks) {
        this.slice = slice;
        this.layout = layout;
        this.blocks = blocks;
    }

    /**
     * Reads the zone maps of a slice from their files in scratch. A missing file is made first, in one pass over the
     * slice.
     *
     * @param columns sorted, at least one
     * @return null if {@code slice} is not a whole slice of the array's {@link ZoneGrid}, or has no zone maps
     */
    public static @Nullable ZoneStats read(
            HeldArray held, ArraySlice slice, int[] columns, int sliceBytes, BooleanSupplier cancelled)
            throws IOException {
        ZoneGrid grid = ZoneGrid.of(slice.array(), sliceBytes);
        List<Tile> tiles = grid.isSlice(slice) ? grid.tiles(slice, columns) : List.of();
        List<List<TileStats>> found = new ArrayList<>();
        for (Tile tile : tiles) {
            ZoneMap zones = new ZoneMap(slice.fromRow(), slice.toRow(), grid.blockRows(), tile);
            ByteBuffer bytes = held.zones(zones.toString(), zones.bytes(), array -> zones.compute(array, cancelled));
            if (bytes == null) {
                return null;
            }
            found.add(zones.read(bytes, held.layout().dtype()));
        }
        if (tiles.isEmpty()) {
            return null;
        }
        ZoneMap layout = new ZoneMap(slice.fromRow(), slice.toRow(), grid.blockRows(), tiles.get(0));
        List<SliceStats> blocks = new ArrayList<>();
        for (int i = 0; i < layout.blocks(); i++) {
            int block = i;
            blocks.add(new SliceStats(
                    tiles, found.stream().map(stats -> stats.get(block)).toList()));
        }
        return new ZoneStats(slice, layout, blocks);
    }

    /** Statistics of the whole slice. */
    public SliceStats merged() {
        return blocks.stream().reduce(SliceStats::merge).orElseThrow();
    }

    public int blocks() {
        return blocks.size();
    }

    /** Numbers of the blocks that may hold a row that satisfies the filter. */
    public BitSet blocksKept(ZoneFilter filter) {
        BitSet kept = new BitSet(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            kept.set(i, filter.mayKeep(blocks.get(i)));
        }
        return kept;
    }

    /** The rows of these blocks: neighbouring blocks as one range, ranges in order. */
    public List<ArraySlice> rowsOf(BitSet chosen) {
        List<ArraySlice> ranges = new ArrayList<>();
        for (int from = chosen.nextSetBit(0); from >= 0; ) {
            int to = chosen.nextClearBit(from);
            ranges.add(slice.part(layout.row(from), layout.row(to)));
            from = chosen.nextSetBit(to);
        }
        return ranges;
    }
}
