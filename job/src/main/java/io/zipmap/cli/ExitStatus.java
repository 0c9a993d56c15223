package io.zipmap.cli;

/** Exit statuses of the process. */
final class ExitStatus {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Done, but the table {@code failures} has rows. */
    static final int DONE_WITH_FAILURES = 3;

    private ExitStatus() {}

    /** The status of a command that goes on after a failure. */
    static int ofFailures(long failures) {
        return failures == 0 ? DONE : DONE_WITH_FAILURES;
    }
}
