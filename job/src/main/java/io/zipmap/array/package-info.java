/**
 * What an array is: dtype, shape, order, and the {@code .npy} header that says so. Nothing here opens a file.
 *
 * <p>Begin with {@link io.zipmap.array.ArrayLayout}.
 */
@NullMarked
package io.zipmap.array;

import org.jspecify.annotations.NullMarked;
