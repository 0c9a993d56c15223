package io.zipmap.sql;

import io.zipmap.sql.catalog.Inventory;
import io.zipmap.sql.pushdown.SelectionSize;
import io.zipmap.sql.pushdown.SliceSelection;
import org.jspecify.annotations.Nullable;

/** The size of a selection, kept for the inventory that a scan was planned for. Not thread-safe. */
final class PlannedSize {
    private final Inventory planned;
    private @Nullable SliceSelection selection;
    private @Nullable SelectionSize size;

    PlannedSize(Inventory planned) {
        this.planned = planned;
    }

    /** Counts again only if the selection is another one, or the inventory is not the planned one. */
    SelectionSize of(Inventory inventory, SliceSelection current) {
        SelectionSize known = size;
        if (inventory == planned && current == selection && known != null) {
            return known;
        }
        SelectionSize counted = SelectionSize.of(inventory, current);
        if (inventory == planned) {
            selection = current;
            size = counted;
        }
        return counted;
    }
}
