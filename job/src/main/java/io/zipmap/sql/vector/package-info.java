/**
 * Elements of arrays as column vectors of Spark.
 *
 * <p>Begin with {@link io.zipmap.sql.vector.VectorFactory}.
 */
@NullMarked
package io.zipmap.sql.vector;

import org.jspecify.annotations.NullMarked;
