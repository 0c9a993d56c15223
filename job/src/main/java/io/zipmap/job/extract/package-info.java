/**
 * The extract stage: archives in, records and failures out. The values that all stages share are here too.
 *
 * <p>Begin with {@link io.zipmap.job.extract.ExtractTask}. It opens each archive, chooses entries, extracts them
 * through the store of its node, and emits one {@code ExtractOutcome} at a time. {@code ExtractSummary} sums the
 * outcomes of a task for the driver. An {@code EntryShare} is the part of an archive that one of several tasks takes.
 * {@code ArrayRecords} holds the persisted outcomes and is closed by whoever asked for them. {@code PipelineSettings}
 * is parsed once on the driver and goes with each task; {@code SliceRules}, one of its parts, decides which arrays have
 * statistics. A {@code Failure} is a row of the table {@code failures}.
 */
@NullMarked
package io.zipmap.job.extract;

import org.jspecify.annotations.NullMarked;
