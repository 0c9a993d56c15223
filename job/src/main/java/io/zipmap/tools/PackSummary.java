package io.zipmap.tools;

import java.io.PrintWriter;

/** Counts the outcomes of {@code pack}, and prints one line for each failure and one with the counts. One thread. */
final class PackSummary {
    private final PrintWriter err;
    private long packed;
    private long left;
    private long failed;

    PackSummary(PrintWriter err) {
        this.err = err;
    }

    void add(PackOutcome outcome) {
        String failure = outcome.failure();
        if (failure != null) {
            err.println(failure);
            failed++;
        } else if (outcome.isPacked()) {
            packed++;
        } else {
            left++;
        }
    }

    /**
     * Prints the counts.
     *
     * @return the number of failures
     */
    long print(PrintWriter notes) {
        err.flush();
        notes.printf("%d archives packed, %d left as they are, %d failed%n", packed, left, failed);
        notes.flush();
        return failed;
    }
}
