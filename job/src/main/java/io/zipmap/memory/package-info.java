/**
 * What memory really is, measured inside every process of an application: anonymous memory and heap, never plain RSS,
 * which counts mapped pages that the kernel can drop. Samplers live as long as Spark's plugin does.
 *
 * <p>Begin with {@link io.zipmap.memory.MemoryPlugin}.
 */
@NullMarked
package io.zipmap.memory;

import org.jspecify.annotations.NullMarked;
