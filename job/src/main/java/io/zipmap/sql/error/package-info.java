/**
 * What callers of Spark see of an error: exceptions of the classes that Spark's own sources throw.
 *
 * <p>Begin with {@link io.zipmap.sql.error.QueryErrors}, which is called where a method of Spark declares no
 * {@code IOException}. Errors of the caller are a {@link io.zipmap.sql.error.ZipmapAnalysisException}, errors while a
 * query runs a {@link io.zipmap.sql.error.ZipmapExecutionException}. PySpark chooses its exception by the class of
 * Spark that they extend. Both spell options as the data source does, and their cause is the {@code ZipmapException}.
 */
@NullMarked
package io.zipmap.sql.error;

import org.jspecify.annotations.NullMarked;
