/**
 * The pipeline and the Java API: plan, extract, map, publish. The driver keeps one small summary a task. Records live
 * in Spark's block store until {@link io.zipmap.job.extract.ArrayRecords} is closed. Arrays never leave the node that
 * mapped them.
 *
 * <p>Begin with {@link io.zipmap.job.Pipeline}.
 */
@NullMarked
package io.zipmap.job;

import org.jspecify.annotations.NullMarked;
