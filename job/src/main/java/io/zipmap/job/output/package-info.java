/**
 * The publish stage: the tables of a run, and their way to the output folder, together or not at all.
 *
 * <p>Begin with {@link io.zipmap.job.output.Publisher}. {@code *Table} classes state the schema and rows of one table
 * each. {@code OutputTarget} is the folder with its {@code OutputLease}; the run that opens it closes it.
 * {@code TableWriter} writes a table and {@code ConcurrentWrites} all at the same time, {@code TableMoves} moves tables
 * that replace others, and {@code OutputSweep} removes what dead runs left. {@code OutputFailure} names the errors of
 * all writers.
 *
 * <p>An incremental run chooses its archives with {@code ArchiveComparison} and adds {@code CarriedRows}. {@code *View}
 * classes are temporary views: {@code FormerViews} over a published output, {@code TotalStatsView} over its statistics.
 */
@NullMarked
package io.zipmap.job.output;

import org.jspecify.annotations.NullMarked;
