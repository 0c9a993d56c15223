/**
 * What the pipeline and the data source share: finding archives, spreading them over tasks, opening the store of a
 * node, and reading the output of a run.
 *
 * <p>Begin with {@link io.zipmap.plan.Planner}: it turns inputs into a {@link io.zipmap.plan.Plan}, an RDD with one
 * partition a task. The {@code Listing*} classes list the inputs, in tasks or on the driver, into a {@code Listing},
 * whose archives cross between tasks as {@code ListingBlock}s. {@code TaskAssignment} and {@code TaskPacking} pack the
 * archives into tasks, and {@code SpreadArchives} spreads the tasks over the hosts. The driver keeps only sums. The
 * listing stays in Spark's block store until the plan is closed; who plans closes it.
 *
 * <p>{@link io.zipmap.plan.ExtractSettings} are the options of both consumers, with the {@code Entry*} classes for the
 * choice of entries. A task opens its node's store by {@link io.zipmap.plan.StoreAccess}, in the folders that
 * {@link io.zipmap.plan.ScratchFolders} finds.
 *
 * <p>{@link io.zipmap.plan.RunOutput} is the published folder of a run: {@link io.zipmap.plan.RunGeneration} is its
 * version, and {@link io.zipmap.plan.RunTables} reads its tables, of which {@link io.zipmap.plan.TextTables} are those
 * in json and csv.
 */
@NullMarked
package io.zipmap.plan;

import org.jspecify.annotations.NullMarked;
