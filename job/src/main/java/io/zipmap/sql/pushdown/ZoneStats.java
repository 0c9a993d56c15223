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

/** The zone maps of a piece, for the columns that a query asks of: statistics of each block of its rows. Immutable. */
public final class ZoneStats {
    private final ArraySlice piece;
    private final ZoneMap rows;
    private final List<SliceStats> blocks;

    private ZoneStats(ArraySlice piece, ZoneMap rows, List<SliceStats> blocks) {
        this.piece = piece;
        this.rows = rows;
        this.blocks = blocks;
    }

    /**
     * Reads them, or makes them when this node does not have them yet, which costs a pass over the slice.
     *
     * @param columns at least one, in order
     * @return null for a piece that is not a slice, or has none
     */
    public static @Nullable ZoneStats of(
            HeldArray held, ArraySlice piece, int[] columns, int sliceBytes, BooleanSupplier cancelled)
            throws IOException {
        ZoneGrid grid = ZoneGrid.of(piece.array(), sliceBytes);
        List<Tile> tiles = grid.isSlice(piece) ? grid.tiles(piece, columns) : List.of();
        List<List<TileStats>> found = new ArrayList<>();
        for (Tile tile : tiles) {
            ZoneMap zones = new ZoneMap(piece.fromRow(), piece.toRow(), grid.blockRows(), tile);
            ByteBuffer bytes = held.zones(zones.toString(), zones.bytes(), array -> zones.compute(array, cancelled));
            if (bytes == null) {
                return null;
            }
            found.add(zones.read(bytes, held.layout().dtype()));
        }
        if (tiles.isEmpty()) {
            return null;
        }
        ZoneMap rows = new ZoneMap(piece.fromRow(), piece.toRow(), grid.blockRows(), tiles.get(0));
        List<SliceStats> blocks = new ArrayList<>();
        for (int i = 0; i < rows.blocks(); i++) {
            int block = i;
            blocks.add(new SliceStats(
                    tiles, found.stream().map(stats -> stats.get(block)).toList()));
        }
        return new ZoneStats(piece, rows, blocks);
    }

    /** Of all rows together. */
    public SliceStats all() {
        return blocks.stream().reduce(SliceStats::merge).orElseThrow();
    }

    public int blocks() {
        return blocks.size();
    }

    /** Which blocks may hold a row that the filter keeps. */
    public BitSet kept(ZoneFilter filter) {
        BitSet kept = new BitSet(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            kept.set(i, filter.mayKeep(blocks.get(i)));
        }
        return kept;
    }

    /** The parts of the piece that these blocks are, in order and as long as they can be. */
    public List<ArraySlice> parts(BitSet of) {
        List<ArraySlice> parts = new ArrayList<>();
        for (int from = of.nextSetBit(0); from >= 0; ) {
            int to = of.nextClearBit(from);
            parts.add(piece.part(rows.row(from), rows.row(to)));
            from = of.nextSetBit(to);
        }
        return parts;
    }
}
