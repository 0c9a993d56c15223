/**
 * The data source {@code zipmap}: archives as a table of Spark SQL, a row an array row. A table is the archives as they were when it
 * was loaded. A reader owns the one array that it has mapped and one buffer of some 128 KiB, and gives both up when its task ends.
 */
@NullMarked
package io.zipmap.sql;

import org.jspecify.annotations.NullMarked;
