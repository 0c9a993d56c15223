/**
 * The commands beside the pipeline: generate sample archives, inspect archives, pack archives again.
 *
 * <p>Begin with {@link io.zipmap.tools.Inspection}.
 */
@NullMarked
package io.zipmap.tools;

import org.jspecify.annotations.NullMarked;
