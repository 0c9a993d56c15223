package io.zipmap.job.stats;

import io.zipmap.array.ColumnNames;
import io.zipmap.array.Leaf;
import io.zipmap.array.Shape;
import io.zipmap.stats.Tile;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The key by which the statistics of slices are merged: one tile of columns of one leaf of one array. Keys are equal if
 * archive, entry index, leaf and tile are equal. Immutable.
 */
public final class TileKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final int entryIndex;
    private final @Nullable String entry;
    private final Shape shape;
    private final Leaf leaf;
    private final Tile tile;

    TileKey(ArrayRecord record, Leaf leaf, Tile tile) {
        this.archive = record.archive().uri();
        this.entryIndex = record.entryIndex();
        this.entry = record.entry();
        this.shape = record.layout().shape();
        this.leaf = leaf;
        this.tile = tile;
    }

    /** The same text for all tiles of one array, and another for each other array. */
    public static String arrayKey(ArrayRecord record) {
        return arrayKey(record.archive().uri(), record.entryIndex());
    }

    String arrayKey() {
        return arrayKey(archive, entryIndex);
    }

    private static String arrayKey(String archive, int entryIndex) {
        return archive + "\0" + entryIndex;
    }

    public String archive() {
        return archive;
    }

    /** Null for a bare array. */
    @Nullable
    public String entry() {
        return entry;
    }

    public int entryIndex() {
        return entryIndex;
    }

    /** Shape of the whole array. */
    Shape shape() {
        return shape;
    }

    /** Name of the i-th column of the tile. */
    public String column(int i) {
        return ColumnNames.ofLeaf(shape, leaf, tile.fromColumn() + i);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TileKey
                && tile.equals(((TileKey) other).tile)
                && leaf.equals(((TileKey) other).leaf)
                && entryIndex == ((TileKey) other).entryIndex
                && archive.equals(((TileKey) other).archive);
    }

    @Override
    public int hashCode() {
        return Objects.hash(archive, entryIndex, leaf, tile);
    }
}
