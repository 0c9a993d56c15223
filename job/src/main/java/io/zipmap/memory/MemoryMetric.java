package io.zipmap.memory;

/**
 * A measure of the memory of one process. Its label is its name in Spark's metrics. What the platform does not tell is
 * absent from a {@link MemorySample}, never zero.
 */
public enum MemoryMetric {
    /** Anonymous memory in RAM: heap, stacks, metaspace, direct buffers. The kernel cannot drop it. */
    RSS_ANON("rssAnon", Unit.BYTES),
    /** Pages of mapped files in RAM. The kernel drops them when it needs them. */
    RSS_FILE("rssFile", Unit.BYTES),
    /** Mapped shared memory in RAM, such as files of a tmpfs. The kernel cannot drop it, only swap it. */
    RSS_SHMEM("rssShmem", Unit.BYTES),
    /** Anonymous memory that is swapped out. */
    SWAP("swap", Unit.BYTES),
    /** RAM of the process, with each shared page divided by the number of processes that map it. */
    PSS("pss", Unit.BYTES),
    HEAP_USED("heapUsed", Unit.BYTES),
    HEAP_COMMITTED("heapCommitted", Unit.BYTES),
    /** Used heap right after the last collection; absent before the first. */
    HEAP_AFTER_COLLECTION("heapAfterCollection", Unit.BYTES),
    /** Direct buffers that the JDK counts. Netty allocates its own without the JDK. */
    DIRECT_BUFFERS("directBuffers", Unit.BYTES),
    /** Files that Java has mapped, by anyone; address space, not RAM. */
    MAPPED_BUFFERS("mappedBuffers", Unit.BYTES),
    /** Arrays that zipmap has mapped; address space, not RAM. */
    ARRAY_MAPS("arrayMaps", Unit.BYTES),
    /** Page faults since the start of the process that needed no read from a disk. */
    MINOR_FAULTS("minorFaults", Unit.COUNT),
    /** Page faults since the start of the process that read from a disk. */
    MAJOR_FAULTS("majorFaults", Unit.COUNT),
    /** The least limit of the cgroups that hold the process; absent if none has a limit. */
    CGROUP_LIMIT("cgroupLimit", Unit.BYTES),
    /** Memory of the cgroup with that limit, or of the process's own cgroup. The page cache counts. */
    CGROUP_USAGE("cgroupUsage", Unit.BYTES);

    /** What a metric counts. */
    public enum Unit {
        BYTES,
        COUNT
    }

    private final String label;
    private final Unit unit;

    MemoryMetric(String label, Unit unit) {
        this.label = label;
        this.unit = unit;
    }

    /** The name in Spark's metrics. */
    public String label() {
        return label;
    }

    public Unit unit() {
        return unit;
    }
}
