package io.zipmap.job.extract;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Leaf;
import io.zipmap.stats.Tile;
import java.io.Serializable;
import java.util.List;

/**
 * Decides which arrays have statistics, and how big their slices are. An array without elements has none. An array with
 * more columns than the user allows has only those over all its elements: so the size of the statistics is bounded
 * whatever shape a header states. Immutable.
 */
public final class SliceRules implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Columns that are shown to people. */
    public static final int FIRST_COLUMNS = 100;

    private final int sliceBytes;
    private final boolean quantiles;
    private final long maxColumns;
    private final boolean columnsOnly;

    /** @param quantiles whether statistics have sketches of quantiles, which need narrower tiles */
    public SliceRules(int sliceBytes, boolean quantiles, long maxColumns) {
        this(sliceBytes, quantiles, maxColumns, false);
    }

    private SliceRules(int sliceBytes, boolean quantiles, long maxColumns, boolean columnsOnly) {
        this.sliceBytes = sliceBytes;
        this.quantiles = quantiles;
        this.maxColumns = maxColumns;
        this.columnsOnly = columnsOnly;
    }

    /** These rules for statistics of columns only: an array with too many columns has none. */
    public SliceRules ofColumnsOnly() {
        return new SliceRules(sliceBytes, quantiles, maxColumns, true);
    }

    /** Most bytes of a slice. */
    public int sliceBytes() {
        return sliceBytes;
    }

    public boolean quantiles() {
        return quantiles;
    }

    /** The leaves of an array that have statistics: none, if there are more than the allowed columns. */
    public List<Leaf> leaves(ArrayLayout layout) {
        List<Leaf> leaves = layout.dtype().numericLeaves();
        boolean none = layout.shape().elements() == 0 || leaves.size() > maxColumns || columnsOnly && tooWide(layout);
        return none ? List.of() : leaves;
    }

    /** Whether an array has more columns than the user allows. */
    public boolean tooWide(ArrayLayout layout) {
        long remaining = maxColumns;
        for (Leaf leaf : layout.dtype().numericLeaves()) {
            long columns = layout.columns(leaf);
            if (columns > remaining) {
                return true;
            }
            remaining -= columns;
        }
        return false;
    }

    /** The number of values in the first {@value #FIRST_COLUMNS} columns of each leaf that has statistics. */
    long firstValues(ArrayLayout layout) {
        long columns = leaves(layout).stream()
                .mapToLong(leaf -> Math.min(FIRST_COLUMNS, layout.columns(leaf)))
                .sum();
        return columns * layout.shape().rows();
    }

    /** The number of tiles of an array without sketches. A leaf without columns of its own counts as one. */
    public long tiles(ArrayLayout layout) {
        boolean tooWide = tooWide(layout);
        return leaves(layout).stream()
                .mapToLong(leaf -> tooWide ? 1 : Tile.count(layout.columns(leaf), false))
                .sum();
    }
}
