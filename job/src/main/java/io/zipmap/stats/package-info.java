/** Statistics of mapped arrays: kernels over bounded blocks, and partial results that merge in any order. */
@NullMarked
package io.zipmap.stats;

import org.jspecify.annotations.NullMarked;
