package io.zipmap.memory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the processes that this one has started, and those that they have started: the Python workers of its tasks. A
 * look at {@code /proc} reads only processes that it has not seen before, and the next look waits, so that looking
 * takes about 0.05 % of a core at most. Its owner closes it. Not thread-safe.
 */
final class ChildProcesses implements AutoCloseable {
    /** How many times as long as the processor time of a look the next one waits. */
    private static final long WAIT = 2000;

    private static final long MIN_WAIT_NANOS = 1_000_000_000L;
    /** A look seems long when the thread had to wait for a core. */
    private static final long MAX_WAIT_NANOS = 10_000_000_000L;

    private static final int MAX_CHILDREN = 64;

    private final Path proc;
    private final MemoryProcess self;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Long, Child> children = new HashMap<>();
    private final Set<Long> starting = new HashSet<>();
    private Set<Long> others = new HashSet<>();
    private boolean looked;
    private long nextLook;

    private record Child(MemoryProcess process, ProcessProbe probe) {}

    /** Takes the sample of one process. */
    interface Sink {
        void accept(MemoryProcess process, MemorySample sample);
    }

    /** @param proc {@code /proc}; need not exist */
    ChildProcesses(Path proc, MemoryProcess self) {
        this.proc = proc;
        this.self = self;
        this.nextLook = System.nanoTime() + MIN_WAIT_NANOS;
    }

    /** Gives a sample of each process that runs. */
    void sample(long millis, boolean pss, Sink sink) throws IOException {
        long start = System.nanoTime();
        if (start - nextLook >= 0) {
            boolean first = others.isEmpty();
            boolean more = look();
            long end = System.nanoTime();
            // A new process, such as the daemon of Python, may be about to start others.
            long wait = first || more ? 0 : WAIT * (end - start);
            nextLook = end + Math.min(Math.max(MIN_WAIT_NANOS, wait), MAX_WAIT_NANOS);
        }
        if (children.isEmpty()) {
            return;
        }
        Set<Long> ended = new HashSet<>();
        for (Map.Entry<Long, Child> child : children.entrySet()) {
            long[] values = MemorySample.absentValues();
            try {
                child.getValue().probe.read(values, pss);
                // A process that has ended, but that nobody has waited for, has no memory.
                if (values[MemoryMetric.RSS_ANON.ordinal()] != MemorySample.ABSENT) {
                    sink.accept(child.getValue().process, MemorySample.of(millis, values));
                }
            } catch (IOException e) {
                ended.add(child.getKey());
            }
        }
        for (Long pid : ended) {
            forget(pid);
        }
    }

    /** Returns whether there are new ones. */
    private boolean look() throws IOException {
        String[] names = proc.toFile().list();
        if (names == null) {
            return false;
        }
        Set<Long> alive = new HashSet<>();
        Map<Long, Long> fresh = new HashMap<>();
        for (String name : names) {
            if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
                Long pid = Long.valueOf(name);
                alive.add(pid);
                if (!others.contains(pid) && !children.containsKey(pid)) {
                    fresh.put(pid, parent(pid));
                }
            }
        }
        int before = children.size();
        starting.clear();
        addDescendants(fresh);
        boolean more = children.size() > before || !starting.isEmpty();
        for (Long pid : children.keySet().toArray(Long[]::new)) {
            if (!alive.contains(pid)) {
                forget(pid);
            }
        }
        others = alive;
        others.removeAll(children.keySet());
        // They are looked at again.
        others.removeAll(starting);
        return more;
    }

    /** Parents may have greater numbers than their children, so that one pass does not find all. */
    private void addDescendants(Map<Long, Long> fresh) {
        boolean found = true;
        while (found) {
            found = false;
            for (Map.Entry<Long, Long> one : fresh.entrySet()) {
                Long pid = one.getKey();
                boolean descends = one.getValue() == self.pid() || children.containsKey(one.getValue());
                if (descends
                        && !children.containsKey(pid)
                        && !starting.contains(pid)
                        && children.size() < MAX_CHILDREN) {
                    found |= add(pid);
                }
            }
        }
    }

    private boolean add(Long pid) {
        Path folder = proc.resolve(pid.toString());
        if (isStarting(folder)) {
            starting.add(pid);
            return false;
        }
        KernelText stat = stat(folder);
        if (stat == null) {
            return false;
        }
        children.put(pid, new Child(self.child(pid, stat.program()), ProcessProbe.open(folder)));
        return true;
    }

    /**
     * Whether this JVM has made a process that does not yet run its own program: until then it has this JVM's memory,
     * which would count twice. Java starts a program by way of {@code jspawnhelper}.
     */
    private boolean isStarting(Path folder) {
        try {
            Path program = Files.readSymbolicLink(folder.resolve("exe"));
            return program.endsWith("jspawnhelper")
                    || (program.equals(Files.readSymbolicLink(proc.resolve("self/exe")))
                            && Files.mismatch(folder.resolve("cmdline"), proc.resolve("self/cmdline")) < 0);
        } catch (IOException e) {
            // The process has ended, or the kernel hides its program.
            return false;
        }
    }

    private Long parent(Long pid) {
        KernelText stat = stat(proc.resolve(pid.toString()));
        return stat == null ? MemorySample.ABSENT : stat.parent();
    }

    /** Null if the process has ended. */
    private static @Nullable KernelText stat(Path folder) {
        try (KernelFile file = KernelFile.open(folder.resolve("stat"))) {
            return file == null ? null : file.read();
        } catch (IOException e) {
            return null;
        }
    }

    private void forget(Long pid) throws IOException {
        Child child = children.remove(pid);
        if (child != null) {
            child.probe.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Long pid : children.keySet().toArray(Long[]::new)) {
            forget(pid);
        }
    }
}
