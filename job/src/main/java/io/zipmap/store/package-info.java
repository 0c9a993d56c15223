/**
 * Joins archives, scratch and mapped files: from an entry to a record, from a record to a mapped array. Extracts once,
 * verifies, heals, and keeps zone maps.
 *
 * <p>Begin with {@link io.zipmap.store.ArrayStore}.
 */
@NullMarked
package io.zipmap.store;

import org.jspecify.annotations.NullMarked;
