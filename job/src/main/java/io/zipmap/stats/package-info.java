/**
 * Statistics of mapped arrays: kernels over bounded blocks, and partial results that merge in any order.
 *
 * <p>Begin with {@link io.zipmap.stats.StatsKernel}.
 */
@NullMarked
package io.zipmap.stats;

import org.jspecify.annotations.NullMarked;
