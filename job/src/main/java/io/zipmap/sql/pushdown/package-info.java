/**
 * What a scan takes over from Spark: selected rows, filters, zone maps, aggregates.
 *
 * <p>Begin with {@link io.zipmap.sql.pushdown.Selection}.
 */
@NullMarked
package io.zipmap.sql.pushdown;

import org.jspecify.annotations.NullMarked;
