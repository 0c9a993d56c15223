/**
 * The errors of zipmap, and the functional interfaces that may throw an {@code IOException}. Every package may import
 * this one.
 *
 * <p>Begin with {@link io.zipmap.ZipmapException}.
 */
@NullMarked
package io.zipmap;

import org.jspecify.annotations.NullMarked;
