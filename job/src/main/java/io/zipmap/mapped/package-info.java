/**
 * One mapped file and the elements in it. This package knows no scratch and no archive. A
 * {@link io.zipmap.mapped.MappedArray} owns its channel and its maps.
 *
 * <p>Begin with {@link io.zipmap.mapped.MappedArray}.
 */
@NullMarked
package io.zipmap.mapped;

import org.jspecify.annotations.NullMarked;
