/**
 * What the pipeline and the data source share: which archives there are, how they are spread over tasks, and how a task
 * finds the store of its node. The driver keeps sums; the listing stays in Spark's block store until the plan is
 * closed.
 *
 * <p>Begin with {@link io.zipmap.plan.Planner}.
 */
@NullMarked
package io.zipmap.plan;

import org.jspecify.annotations.NullMarked;
