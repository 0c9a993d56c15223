/**
 * Statistics of mapped arrays: kernels over bounded blocks, and partial results that merge in any order.
 *
 * <p>Begin with {@link io.zipmap.stats.StatsKernel}: it computes the {@link io.zipmap.stats.TileStats} of a
 * {@link io.zipmap.stats.Tile} of columns. A {@code *BlockReducer} reads a block of rows and reduces it; the loops are
 * in {@code Lanes} and, for floats, in the {@code LaneKernel} that {@code LaneKernels} chooses. An {@code *Accumulator}
 * holds the partial result of a tile and defines merging. {@link io.zipmap.stats.ColumnStats} is the final result of
 * one column; {@link io.zipmap.stats.ZoneMap} stores partial results per block of rows. To add a statistic, start with
 * {@code Accumulator}. {@code ValueStats} and {@code GroupedStats} reduce values that are chosen one by one. Nothing
 * here opens or closes an array.
 */
@NullMarked
package io.zipmap.stats;

import org.jspecify.annotations.NullMarked;
