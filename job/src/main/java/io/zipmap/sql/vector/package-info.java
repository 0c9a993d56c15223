/**
 * Elements of arrays as column vectors of Spark. A scan fills buffers and hands out vectors over them; nothing is
 * copied a second time but texts that are not ASCII.
 *
 * <p>Begin with {@link io.zipmap.sql.vector.VectorFactory}: it lists the vector of each dtype.
 * {@link io.zipmap.sql.vector.BatchBuffers} holds one buffer for each leaf of the dtype,
 * {@link io.zipmap.sql.vector.BatchLayout} plans what is copied into them. Each {@code *Vector} names in its comment
 * the dtype, the type of Spark, whether values can be null, and their range. A {@link io.zipmap.sql.vector.ValueSet}
 * selects the rows of a vector whose values a filter keeps; it is immutable. A {@link io.zipmap.sql.vector.Computation}
 * computes values from vectors.
 *
 * <p>The scan owns the buffers and uses them for one batch after the other; a batch is valid until the next is read.
 * Vectors own nothing, and closing one does nothing. All other classes are for one thread.
 */
@NullMarked
package io.zipmap.sql.vector;

import org.jspecify.annotations.NullMarked;
