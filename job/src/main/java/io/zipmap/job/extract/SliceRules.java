package io.zipmap.job.extract;

import io.zipmap.array.ArrayLayout;
import io.zipmap.array.Leaf;
import io.zipmap.stats.Tile;
import java.io.Serializable;
import java.util.List;

/**
 * Decides which arrays have statistics, and how big their slices are. An array without elements, or with more columns
 * than the user allows, has none: so the size of the statistics is bounded whatever shape a header states. Immutable.
 */
public final class SliceRules implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int sliceBytes;
    private final boolean quantiles;
    private final long maxColumns;

    /** @param quantiles whether statistics have sketches of quantiles, which need narrower tiles */
    public SliceRules(int sliceBytes, boolean quantiles, long maxColumns) {
        this.sliceBytes = sliceBytes;
        this.quantiles = quantiles;
        this.maxColumns = maxColumns;
    }

    /** Most bytes of a slice. */
    public int sliceBytes() {
        return sliceBytes;
    }

    public boolean quantiles() {
        return quantiles;
    }

    /** The leaves of an array that have statistics. */
    public List<Leaf> leaves(ArrayLayout layout) {
        return layout.shape().elements() == 0 || tooWide(layout)
                ? List.of()
                : layout.dtype().numericLeaves();
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

    /** The number of tiles of an array without sketches. */
    public long tiles(ArrayLayout layout) {
        return leaves(layout).stream()
                .mapToLong(leaf -> Tile.count(layout.columns(leaf), false))
                .sum();
    }
}
