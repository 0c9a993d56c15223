/**
 * The data source {@code zipmap}: archives as a table of Spark SQL, a row an array row. A table has its
 * columns for good, and with each query the archives that are there ({@link io.zipmap.sql.CurrentArrays}). A reader owns the one array that it has mapped and one buffer of some 128 KiB, and gives both up when its task ends.
 */
@NullMarked
package io.zipmap.sql;

import org.jspecify.annotations.NullMarked;
