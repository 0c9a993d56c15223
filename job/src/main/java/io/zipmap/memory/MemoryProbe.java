package io.zipmap.memory;

import java.io.IOException;
import java.nio.file.Path;

/** Samples the memory of this process and of the processes that it has started. Its owner closes it. */
final class MemoryProbe implements AutoCloseable {
    /** Walking over all pages for PSS takes at most one part in so many of the time, however often stages begin. */
    private static final long PSS_WAIT = 20;

    private final MemoryProcess self;
    private final ProcessProbe kernel;
    private final JvmProbe jvm = new JvmProbe();
    private final CgroupProbe cgroup;
    private final ChildProcesses children;
    private long nextPss = System.nanoTime();

    private MemoryProbe(MemoryProcess self, Path root) {
        this.self = self;
        Path proc = root.resolve("proc");
        this.kernel = ProcessProbe.open(proc.resolve("self"));
        this.cgroup = CgroupProbe.open(root);
        this.children = new ChildProcesses(proc, self);
    }

    static MemoryProbe open(MemoryProcess self) {
        return open(self, Path.of("/"));
    }

    /** @param root {@code /}, or a folder that stands for it */
    static MemoryProbe open(MemoryProcess self, Path root) {
        return new MemoryProbe(self, root);
    }

    /**
     * Gives a sample of each process.
     *
     * @param pss whether PSS is wanted; it is left out if it was measured a moment ago
     */
    void sample(boolean pss, ChildProcesses.Sink sink) throws IOException {
        long start = System.nanoTime();
        boolean walk = pss && start - nextPss >= 0;
        long millis = System.currentTimeMillis();
        long[] values = MemorySample.absentValues();
        kernel.read(values, walk);
        long walked = System.nanoTime();
        cgroup.read(values);
        jvm.read(values);
        sink.accept(self, MemorySample.of(millis, values));
        children.sample(millis, walk, sink);
        if (walk) {
            nextPss = walked + PSS_WAIT * (walked - start);
        }
    }

    @Override
    public void close() throws IOException {
        kernel.close();
        cgroup.close();
        children.close();
    }
}
