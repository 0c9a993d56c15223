/**
 * Measures the memory of every process of an application, as the kernel and the JVM tell it: anonymous memory, mapped
 * files, shared memory, heap. It never measures plain RSS, which adds up what the kernel can drop and what it cannot.
 *
 * <p>Begin with {@link io.zipmap.memory.MemoryPlugin}, which Spark creates in the driver and in each executor. It owns
 * a {@code MemorySampler}, a thread that samples a {@code MemoryProbe} and gives each {@code MemorySample} to a
 * receiver. The receiver of an executor sends it to the driver. The driver's {@code MemoryListener} records all samples
 * and stages, asks the {@link io.zipmap.memory.MemoryGuard} of a run, and gives out a
 * {@link io.zipmap.memory.MemoryTimeline}. {@code *Probe} classes read, {@code KernelText} parses.
 */
@NullMarked
package io.zipmap.memory;

import org.jspecify.annotations.NullMarked;
