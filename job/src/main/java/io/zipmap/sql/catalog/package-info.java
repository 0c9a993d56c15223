/**
 * What a table is: its inputs, the arrays found in them, its columns.
 *
 * <p>Begin with {@link io.zipmap.sql.catalog.InventoryCache}.
 */
@NullMarked
package io.zipmap.sql.catalog;

import org.jspecify.annotations.NullMarked;
