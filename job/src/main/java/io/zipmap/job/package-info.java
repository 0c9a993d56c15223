/**
 * The pipeline and the Java API.
 *
 * <p>Begin with {@link io.zipmap.job.PipelineRun}, which a command makes from {@link io.zipmap.job.RunSettings}. It
 * runs the stages plan, extract and map through {@code Pipeline}, makes the tables and publishes them with
 * {@link io.zipmap.job.output.Publisher}, and asks {@link io.zipmap.job.Queries}. Then read the stages in their order:
 * {@code job.extract}, {@code job.stats}, {@code job.output}. {@link io.zipmap.job.Zipmap} offers the same stages to
 * users of the Java API.
 *
 * <p>The driver keeps one small summary for each task. Records live in Spark's block store until their
 * {@link io.zipmap.job.extract.ArrayRecords} is closed; a run closes its own, and a user of the API closes what
 * {@code Zipmap.extract} returns. Arrays never leave the node that mapped them.
 */
@NullMarked
package io.zipmap.job;

import org.jspecify.annotations.NullMarked;
