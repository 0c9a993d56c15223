package io.zipmap.job.extract;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Leaf;
import io.zipmap.stats.Tile;
import java.io.Serializable;
import java.util.List;

/**
 * How arrays are cut for their statistics, and which arrays have any: those with elements, and not more columns than
 * the user allows. So what statistics take is bounded by what an array holds, whatever shape its header tells.
 * Immutable.
 */
public final class SliceRules implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int sliceBytes;
    private final boolean quantiles;
    private final long maxColumns;

    /** @param quantiles whether tiles must be narrow enough for sketches */
    public SliceRules(int sliceBytes, boolean quantiles, long maxColumns) {
        this.sliceBytes = sliceBytes;
        this.quantiles = quantiles;
        this.maxColumns = maxColumns;
    }

    public int sliceBytes() {
        return sliceBytes;
    }

    public boolean quantiles() {
        return quantiles;
    }

    /** What of an array has statistics. */
    public List<Leaf> leaves(ArrayLayout layout) {
        return layout.shape().elements() == 0 || tooWide(layout)
                ? List.of()
                : layout.dtype().numericLeaves();
    }

    /** Whether an array has more columns than may have statistics. */
    public boolean tooWide(ArrayLayout layout) {
        long left = maxColumns;
        for (Leaf leaf : layout.dtype().numericLeaves()) {
            long columns = layout.columns(leaf);
            if (columns > left) {
                return true;
            }
            left -= columns;
        }
        return false;
    }

    /** How many tiles an array has, if none carries a sketch. */
    public long tiles(ArrayLayout layout) {
        return leaves(layout).stream()
                .mapToLong(leaf -> Tile.count(layout.columns(leaf), false))
                .sum();
    }
}
