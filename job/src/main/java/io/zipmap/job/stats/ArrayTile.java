package io.zipmap.job.stats;

import io.zipmap.array.ColumnNames;
import io.zipmap.array.Leaf;
import io.zipmap.array.Shape;
import io.zipmap.stats.Tile;
import io.zipmap.store.ArrayRecord;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names the columns of one array that are aggregated together. Equal by archive, entry, leaf and tile. Immutable. */
public final class ArrayTile implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String archive;
    private final int entryIndex;
    private final @Nullable String entry;
    private final Shape shape;
    private final Leaf leaf;
    private final Tile tile;

    ArrayTile(ArrayRecord record, Leaf leaf, Tile tile) {
        this.archive = record.archive().uri();
        this.entryIndex = record.entryIndex();
        this.entry = record.entry();
        this.shape = record.layout().shape();
        this.leaf = leaf;
        this.tile = tile;
    }

    public static String array(ArrayRecord record) {
        return array(record.archive().uri(), record.entryIndex());
    }

    /** What is the same for all tiles of one array, and for no two arrays. */
    String array() {
        return array(archive, entryIndex);
    }

    private static String array(String archive, int entryIndex) {
        return archive + "\0" + entryIndex;
    }

    public String archive() {
        return archive;
    }

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
        return ColumnNames.of(shape, leaf, tile.fromColumn() + i);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayTile
                && tile.equals(((ArrayTile) other).tile)
                && leaf.equals(((ArrayTile) other).leaf)
                && entryIndex == ((ArrayTile) other).entryIndex
                && archive.equals(((ArrayTile) other).archive);
    }

    @Override
    public int hashCode() {
        return Objects.hash(archive, entryIndex, leaf, tile);
    }
}
