/**
 * The extract stage: archives in, records and failures out. Here are also the values that all stages share.
 *
 * <p>Begin with {@link io.zipmap.job.extract.ExtractTask}.
 */
@NullMarked
package io.zipmap.job.extract;

import org.jspecify.annotations.NullMarked;
