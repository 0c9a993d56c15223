/**
 * The commands beside the pipeline: {@code inspect}, {@code pack} and {@code generate}. Each is a {@code *Job}, which
 * is made from option values and runs on the driver. It gives its work to threads of the driver or, if these cannot do
 * it as well, to a {@code *Task} that Spark runs on the executors. Both call the same class.
 *
 * <p>Begin with {@link io.zipmap.tools.InspectJob}, the smallest: it lists the archives, calls
 * {@code ArchiveInspection} for each and prints each {@code InspectRow}. {@link io.zipmap.tools.PackJob} rewrites
 * archives by {@code ArchivePacker}, which writes to a {@code PackTarget} and closes it; {@code PackSweep} deletes what
 * dead processes left. {@link io.zipmap.tools.SampleJob} writes {@code SampleArchives} of {@code SampleArray}s. Each
 * job closes its plan. {@link io.zipmap.tools.NaiveJob} is no command, but what the demonstration compares with.
 */
@NullMarked
package io.zipmap.tools;

import org.jspecify.annotations.NullMarked;
