package io.zipmap.memory;

import java.io.Serializable;
import java.util.Objects;

/** Which process of an application: the driver, an executor, or a process that one of them started. Immutable. */
public final class MemoryProcess implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The name of the driver process, and its executor id. In local mode this process also runs the tasks. */
    static final String DRIVER = "driver";

    private final String executor;
    private final String host;
    private final long pid;
    private final boolean child;
    private final String name;

    private MemoryProcess(String executor, String host, long pid, boolean child, String name) {
        this.executor = executor;
        this.host = host;
        this.pid = pid;
        this.child = child;
        this.name = name;
    }

    /** The JVM that runs this. */
    static MemoryProcess ofThisJvm(String executor, String host) {
        String name = executor.equals(DRIVER) ? DRIVER : "executor " + executor + " on " + host;
        return new MemoryProcess(executor, host, ProcessHandle.current().pid(), false, name);
    }

    /** A process that this one started, such as a Python worker. */
    MemoryProcess child(long childPid, String program) {
        return new MemoryProcess(executor, host, childPid, true, program + " " + childPid + " of " + name);
    }

    /** {@code driver}, {@code executor 1 on host}, or {@code python3 4242 of executor 1 on host}. */
    public String name() {
        return name;
    }

    /** The id of the executor that it is or belongs to; {@code driver} for the driver. */
    public String executor() {
        return executor;
    }

    public String host() {
        return host;
    }

    public long pid() {
        return pid;
    }

    /** Whether the driver or an executor started it: a Python worker, as a rule. */
    public boolean isChild() {
        return child;
    }

    /** Whether it is the driver itself, and not a process that the driver started. */
    public boolean isDriver() {
        return !child && executor.equals(DRIVER);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryProcess
                && ((MemoryProcess) other).name.equals(name)
                && ((MemoryProcess) other).pid == pid;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, pid);
    }

    @Override
    public String toString() {
        return name;
    }
}
