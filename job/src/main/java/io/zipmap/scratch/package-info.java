/**
 * Node-local folders of extracted files: published whole, locked, leased, within a budget, swept. This package knows
 * files, not arrays. {@link io.zipmap.scratch.Scratch} owns its folders and their leases.
 *
 * <p>Begin with {@link io.zipmap.scratch.Scratch}.
 */
@NullMarked
package io.zipmap.scratch;

import org.jspecify.annotations.NullMarked;
