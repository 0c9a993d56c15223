package io.zipmap.sql.catalog;

import io.zipmap.ZipmapException;
import org.jspecify.annotations.Nullable;

/**
 * The result of one refresh of an inventory. Immutable.
 *
 * @param inventory the arrays that exist now
 * @param missing the error to report before the rest is read, if archives of the former inventory no longer exist
 */
record InventoryRefresh(Inventory inventory, @Nullable ZipmapException missing) {}
