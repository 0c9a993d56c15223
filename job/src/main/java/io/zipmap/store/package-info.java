/** Scratch: archives' entries extracted once per node, published whole, mapped, unmapped and swept; owns every file and every mapping of zipmap. */
@NullMarked
package io.zipmap.store;

import org.jspecify.annotations.NullMarked;
