package io.zipmap.stats;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Partial statistics of a tile over a range of rows of one array: the value that tasks return. It has about 50 bytes
 * per column, and a sketch per column if quantiles were requested. Merging gives the same result in any order.
 * Immutable.
 */
public final class TileStats implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long rows;
    private final Accumulator columns;
    private final byte @Nullable [][] sketches;

    /** Takes ownership of {@code columns}; the caller must not change them afterwards. */
    TileStats(long rows, Accumulator columns, byte @Nullable [][] sketches) {
        this.rows = rows;
        this.columns = columns;
        this.sketches = sketches;
    }

    /** Number of columns. */
    public int columns() {
        return columns.width();
    }

    /** Number of rows that the statistics cover. */
    public long rows() {
        return rows;
    }

    /**
     * Statistics of the rows of both.
     *
     * @throws IllegalArgumentException if the two differ in the number of columns or the kind of numbers, or only one
     *     has quantiles
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

    /**
     * Statistics of one column.
     *
     * @param i index from the first column of the tile
     */
    public ColumnStats column(int i) {
        return new ColumnStats(
                new TileStats(rows, columns.copy(i, i + 1), sketches == null ? null : new byte[][] {sketches[i]}));
    }

    /** Statistics of all columns together: those of one column that has every element. */
    public TileStats whole() {
        return columns() == 1
                ? this
                : new TileStats(
                        rows * columns(),
                        columns.whole(),
                        sketches == null ? null : new byte[][] {Sketches.union(sketches)});
    }

    Accumulator accumulator() {
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
