package io.zipmap.stats;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Partial statistics of a tile of columns over some rows of one array: what crosses between processes. Some 50 bytes a
 * column, and a sketch a column when quantiles were asked for. Merges in any order. Immutable.
 */
public final class TileStats implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long rows;
    private final Accumulator columns;
    private final byte @Nullable [][] sketches;

    /** Takes {@code columns} over: nobody may change them any more. */
    TileStats(long rows, Accumulator columns, byte @Nullable [][] sketches) {
        this.rows = rows;
        this.columns = columns;
        this.sketches = sketches;
    }

    /** Number of columns. */
    public int columns() {
        return columns.width();
    }

    /** Number of rows looked at. */
    public long rows() {
        return rows;
    }

    /**
     * The statistics of these rows and those together.
     *
     * @throws IllegalArgumentException when the other is not of the same tile of the same array: another number of
     *     columns, another kind of numbers, or only one has quantiles
     */
    public TileStats merge(TileStats other) {
        if (columns() != other.columns()
                || !columns.sameKind(other.columns)
                || (sketches == null) != (other.sketches == null)) {
            throw new IllegalArgumentException("Cannot merge statistics of different tiles: " + this + " and " + other);
        }
        Accumulator both = columns.copy(0, columns());
        both.add(0, other.columns, columns());
        return new TileStats(
                rows + other.rows,
                both,
                sketches == null || other.sketches == null ? null : Sketches.merge(sketches, other.sketches));
    }

    /** @param i counted from the first column of the tile */
    public ColumnStats column(int i) {
        return new ColumnStats(
                new TileStats(rows, columns.copy(i, i + 1), sketches == null ? null : new byte[][] {sketches[i]}));
    }

    Accumulator values() {
        return columns;
    }

    byte @Nullable [][] sketches() {
        return sketches;
    }

    @Override
    public String toString() {
        return columns.getClass().getSimpleName() + " of " + columns() + " columns, " + rows + " rows"
                + (sketches == null ? "" : ", with quantiles");
    }
}
