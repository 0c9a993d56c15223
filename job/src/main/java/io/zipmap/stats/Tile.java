package io.zipmap.stats;

import java.io.Serializable;

/**
 * A contiguous range of an array's columns: the unit of one partial result. Tiles bound the heap of an array with many
 * columns. The widths of an array's tiles differ by at most one column. Immutable.
 */
public final class Tile implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Largest width of a tile. */
    public static final int MAX_COLUMNS = 4096;

    /** Largest width with quantiles: every column has a sketch of about {@value Sketches#TYPICAL_KIB} KiB. */
    static final int MAX_COLUMNS_WITH_QUANTILES = 256;

    private final long fromColumn;
    private final long toColumn;

    private Tile(long fromColumn, long toColumn) {
        this.fromColumn = fromColumn;
        this.toColumn = toColumn;
    }

    /**
     * The columns from {@code fromColumn} up to but not including {@code toColumn}.
     *
     * @throws IllegalArgumentException if the range is empty, or wider than {@link #MAX_COLUMNS}
     */
    public static Tile of(long fromColumn, long toColumn) {
        if (fromColumn < 0 || toColumn <= fromColumn || toColumn - fromColumn > MAX_COLUMNS) {
            throw new IllegalArgumentException("Not a tile: columns " + fromColumn + " to " + toColumn);
        }
        return new Tile(fromColumn, toColumn);
    }

    /** Number of tiles of an array with this many columns; 0 if it has none. */
    public static long count(long columns, boolean quantiles) {
        int widest = quantiles ? MAX_COLUMNS_WITH_QUANTILES : MAX_COLUMNS;
        return columns / widest + (columns % widest == 0 ? 0 : 1);
    }

    /**
     * One tile of an array.
     *
     * @param index from 0 to {@code count(columns, quantiles) - 1}
     */
    public static Tile at(long columns, boolean quantiles, long index) {
        long tiles = count(columns, quantiles);
        if (index < 0 || index >= tiles) {
            throw new IndexOutOfBoundsException("Tile " + index + " of " + tiles);
        }
        return new Tile(start(columns, tiles, index), start(columns, tiles, index + 1));
    }

    private static long start(long columns, long tiles, long index) {
        return index * (columns / tiles) + Math.min(index, columns % tiles);
    }

    /** First column. */
    public long fromColumn() {
        return fromColumn;
    }

    /** One past the last column. */
    public long toColumn() {
        return toColumn;
    }

    public int columns() {
        return (int) (toColumn - fromColumn);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tile && fromColumn == ((Tile) other).fromColumn && toColumn == ((Tile) other).toColumn;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(fromColumn) * 31 + Long.hashCode(toColumn);
    }

    @Override
    public String toString() {
        return "columns " + fromColumn + " to " + (toColumn - 1);
    }
}
