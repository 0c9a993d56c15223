/**
 * The publish stage: brings the tables of a run to their folder, together or not at all.
 *
 * <p>Begin with {@link io.zipmap.job.output.Publisher}.
 */
@NullMarked
package io.zipmap.job.output;

import org.jspecify.annotations.NullMarked;
