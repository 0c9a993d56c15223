/**
 * The map stage: cuts arrays into slices, computes the statistics of each slice, and merges them.
 *
 * <p>Begin with {@link io.zipmap.job.stats.Aggregation}.
 */
@NullMarked
package io.zipmap.job.stats;

import org.jspecify.annotations.NullMarked;
