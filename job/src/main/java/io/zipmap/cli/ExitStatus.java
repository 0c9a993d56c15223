package io.zipmap.cli;

/** What the process ends with. */
final class ExitStatus {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Done, and there are rows in {@code failures}. */
    static final int DONE_WITH_FAILURES = 3;

    private ExitStatus() {}
}
