/**
 * The map stage: reads the arrays of a run in parallel and merges their statistics.
 *
 * <p>Begin with {@link io.zipmap.job.stats.Aggregation}, which the pipeline makes and closes. {@code SlicedRecords}
 * cuts the persisted records into slices with {@code SliceCutter}, and spreads them over map tasks as {@code MapSplit}
 * says. {@code SliceStatsTask} maps the array of a slice and gives a {@code SliceOutcome}: statistics or a failure.
 * Statistics are merged by {@code TileKey}. {@code DriverAggregator} makes the same outcomes in threads of the driver.
 * The driver keeps one {@code SliceSummary}, which {@code OrderedReduction} makes of those of the tasks; the outcomes
 * stay in Spark's block store.
 */
@NullMarked
package io.zipmap.job.stats;

import org.jspecify.annotations.NullMarked;
