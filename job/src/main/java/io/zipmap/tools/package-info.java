/**
 * The commands beside the pipeline: {@code inspect}, {@code pack} and {@code generate}. Each is a {@code *Job}, which
 * runs on the driver and is made from option values, and a {@code *Task}, which Spark runs on the executors.
 *
 * <p>Begin with {@link io.zipmap.tools.InspectJob}, the smallest: it plans the archives, runs {@code InspectTask} and
 * prints each {@code InspectRow}. {@link io.zipmap.tools.PackJob} rewrites archives by {@code PackTask}, which writes
 * to a {@code PackTarget} and closes it; {@code PackSweep} deletes what dead processes left.
 * {@link io.zipmap.tools.SampleJob} writes archives of {@code SampleArray}s. Each job closes its plan.
 */
@NullMarked
package io.zipmap.tools;

import org.jspecify.annotations.NullMarked;
