/**
 * The contents of a table: which arrays its archives have now, and which columns they make.
 *
 * <p>Begin with {@link io.zipmap.sql.catalog.InventoryCache}, which a table owns and which gives each query a
 * {@link io.zipmap.sql.catalog.TableSnapshot}. An {@link io.zipmap.sql.catalog.Inventory} is made in one of three ways:
 * {@code InventoryBuilder} opens all archives, {@code InventoryUpdate} only those that have changed, and
 * {@code RunInventoryReader} reads the output of a run instead. {@code ArrayDiscovery} opens one list of archives, on
 * the driver or in a task. The driver holds arrays as {@link io.zipmap.sql.catalog.PackedSlices}, about 35 bytes each.
 *
 * <p>A {@code RowGrouping} says how arrays become the rows of a table: in {@code elements} each array is a
 * {@link io.zipmap.sql.catalog.RowGroup}, in {@code members} the arrays of one archive are. {@code TableSchema} maps
 * dtypes and shapes to columns. The classes {@code *Check} each refuse one kind of mistake: arrays that differ, columns
 * that have changed, names that SQL cannot use, archives that were replaced. Nothing here holds a file open after a
 * method has returned.
 */
@NullMarked
package io.zipmap.sql.catalog;

import org.jspecify.annotations.NullMarked;
