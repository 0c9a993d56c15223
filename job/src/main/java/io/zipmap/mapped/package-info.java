/**
 * One file range mapped as an array, and the elements in it. This package can be read alone: it imports only what an
 * array is.
 *
 * <p>Begin with {@link io.zipmap.mapped.MappedArray}, which users see. It is made of four parts. {@code MappedWindows}
 * maps the file range window by window and turns a page fault into an exception. {@code ElementOffsets} computes the
 * byte offset of an element: {@code ItemOffsets} for whole items, {@code LeafOffsets} for one field of each item.
 * {@code ElementBytes} finds the bytes at these offsets: {@code DenseBytes} directly in the windows,
 * {@code GatheredBytes} by copying elements together that are apart. {@code Elements} converts bytes to numbers, with a
 * subclass for each size and kind of number.
 *
 * <p>A bulk read fills a Java array, or an {@link io.zipmap.mapped.ElementBuffer} with the elements of a
 * {@link io.zipmap.mapped.StridedRange}. A read of one element goes through {@code ByteCache}.
 *
 * <p>A {@code MappedArray} owns its {@code MappedWindows}, which own the file channel and the maps. The caller that
 * opened the array closes it. Views of it need no closing.
 */
@NullMarked
package io.zipmap.mapped;

import org.jspecify.annotations.NullMarked;
