/**
 * Measures the memory of every process of an application: anonymous memory and heap. It never measures plain RSS, which
 * also counts mapped pages that the kernel can drop.
 *
 * <p>Begin with {@link io.zipmap.memory.MemoryPlugin}, which Spark creates in the driver and in each executor. It owns
 * a {@code MemorySampler}, which takes samples by {@code MemoryProbe} until the plugin stops it. Peaks reach the driver
 * as {@link io.zipmap.memory.MemoryEvent}s, and {@link io.zipmap.memory.MemoryListener} collects them there.
 */
@NullMarked
package io.zipmap.memory;

import org.jspecify.annotations.NullMarked;
