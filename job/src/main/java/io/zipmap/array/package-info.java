/**
 * The description of an array: dtype, shape, order, and the {@code .npy} header that stores them. Nothing here opens a
 * file; all values are immutable.
 *
 * <p>Begin with {@link io.zipmap.array.ArrayLayout}. It consists of a {@link io.zipmap.array.Dtype}, a
 * {@link io.zipmap.array.Shape} and an {@link io.zipmap.array.Order}. A structured dtype has
 * {@link io.zipmap.array.Field}s; a {@link io.zipmap.array.Leaf} is one scalar in them, and becomes columns by
 * {@link io.zipmap.array.ColumnNames}. {@link io.zipmap.array.NpyHeader} reads and writes the header; a
 * {@link io.zipmap.array.RawLayout} is the user's description of entries without one. To add a dtype, start with
 * {@code DtypeString}.
 */
@NullMarked
package io.zipmap.array;

import org.jspecify.annotations.NullMarked;
