package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import org.jspecify.annotations.Nullable;

/** What there is now. Immutable. */
public record InventoryRefresh(
        Inventory inventory, @Nullable ZipmapException gone) {
    /** @param gone what has to be said of archives that the table had, before the rest is read; null for nothing */
    public InventoryRefresh {}
}
