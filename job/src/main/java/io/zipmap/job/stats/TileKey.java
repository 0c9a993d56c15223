package io.zipmap.job.stats;

import io.zipmap.stats.Tile;
import java.io.Serializable;

/**
 * The key by which the statistics of columns are merged: one tile of columns of one leaf of one array. Keys are equal
 * if leaf and tile are equal. Immutable.
 */
public final class TileKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LeafKey leaf;
    private final Tile tile;

    TileKey(LeafKey leaf, Tile tile) {
        this.leaf = leaf;
        this.tile = tile;
    }

    public LeafKey leaf() {
        return leaf;
    }

    /** The first column of the tile. */
    long fromColumn() {
        return tile.fromColumn();
    }

    /** Name of the i-th column of the tile. */
    public String column(int i) {
        return leaf.column(tile.fromColumn() + i);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TileKey && tile.equals(((TileKey) other).tile) && leaf.equals(((TileKey) other).leaf);
    }

    @Override
    public int hashCode() {
        return leaf.hashCode() * 31 + tile.hashCode();
    }
}
