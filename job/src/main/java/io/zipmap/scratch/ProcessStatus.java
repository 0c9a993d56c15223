package io.zipmap.scratch;

/** Whether a process still runs, as far as the process that asks can see. */
public enum ProcessStatus {
    ALIVE,
    DEAD,
    /** On another host, or in another container, whose processes are not visible from here. */
    ELSEWHERE
}
