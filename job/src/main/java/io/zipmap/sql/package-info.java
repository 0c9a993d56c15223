/**
 * The data source {@code zipmap}: archives as a table of Spark SQL, a row an array row. A table keeps its columns, and
 * each query looks which archives are there. A reader owns one mapped array and one buffer of some 128 KiB until its
 * task ends.
 *
 * <p>Begin with {@link io.zipmap.sql.ZipmapSource}.
 */
@NullMarked
package io.zipmap.sql;

import org.jspecify.annotations.NullMarked;
