package io.zipmap.sql;

import io.zipmap.stats.Tile;
import io.zipmap.stats.TileStats;
import io.zipmap.stats.Zones;
import io.zipmap.store.HeldArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The zone maps of a piece, for the columns that a query asks of: statistics of each block of its rows. Immutable. */
final class PieceZones {
    private final Piece piece;
    private final Zones rows;
    private final List<SliceStats> blocks;

    private PieceZones(Piece piece, Zones rows, List<SliceStats> blocks) {
        this.piece = piece;
        this.rows = rows;
        this.blocks = blocks;
    }

    /**
     * Reads them, or makes them when this node does not have them yet: in the pass over the slice that the first query over it makes
     * anyhow, or that its next ones are spared.
     *
     * @param columns at least one, in order
     * @return null for a piece that is not a slice, or has none
     */
    static @Nullable PieceZones of(
            HeldArray held, Piece piece, int[] columns, int sliceBytes, BooleanSupplier cancelled) throws IOException {
        ZoneGrid grid = ZoneGrid.of(piece.array(), sliceBytes);
        List<Tile> tiles = grid.isSlice(piece) ? grid.tiles(piece, columns) : List.of();
        List<List<TileStats>> found = new ArrayList<>();
        for (Tile tile : tiles) {
            Zones zones = new Zones(piece.fromRow(), piece.toRow(), grid.blockRows(), tile);
            ByteBuffer bytes = held.zones(zones.toString(), zones.bytes(), array -> zones.find(array, cancelled));
            if (bytes == null) {
                return null;
            }
            found.add(zones.read(bytes, held.layout().dtype()));
        }
        if (tiles.isEmpty()) {
            return null;
        }
        Zones rows = new Zones(piece.fromRow(), piece.toRow(), grid.blockRows(), tiles.get(0));
        List<SliceStats> blocks = new ArrayList<>();
        for (int i = 0; i < rows.blocks(); i++) {
            int block = i;
            blocks.add(new SliceStats(
                    tiles, found.stream().map(stats -> stats.get(block)).toList()));
        }
        return new PieceZones(piece, rows, blocks);
    }

    /** Of all rows together. */
    SliceStats all() {
        return blocks.stream().reduce(SliceStats::merge).orElseThrow();
    }

    int blocks() {
        return blocks.size();
    }

    /** Which blocks may hold a row that the filter keeps. */
    BitSet kept(ZoneFilter filter) {
        BitSet kept = new BitSet(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            kept.set(i, filter.mayKeep(blocks.get(i)));
        }
        return kept;
    }

    /** The parts of the piece that these blocks are, in order and as long as they can be. */
    List<Piece> parts(BitSet of) {
        List<Piece> parts = new ArrayList<>();
        for (int from = of.nextSetBit(0); from >= 0; ) {
            int to = of.nextClearBit(from);
            parts.add(piece.part(rows.row(from), rows.row(to)));
            from = of.nextSetBit(to);
        }
        return parts;
    }
}
