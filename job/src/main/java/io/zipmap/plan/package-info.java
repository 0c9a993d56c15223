/**
 * What the pipeline and the data source share: which archives there are, spread over tasks, and what a task carries to find the
 * store of its node. The driver keeps sums; a plan's listing stays persisted until the plan is closed.
 */
@NullMarked
package io.zipmap.plan;

import org.jspecify.annotations.NullMarked;
