/**
 * The pipeline: plan, extract, map, publish. The driver plans and keeps one small summary a task; records live in Spark's
 * block store until {@link io.zipmap.job.ArrayRecords} is closed; arrays never leave the node that mapped them.
 */
@NullMarked
package io.zipmap.job;

import org.jspecify.annotations.NullMarked;
