package io.zipmap.plan;

/**
 * Receives which stage of a command runs, how much work it is, and what this process has done of it. The work of
 * Spark's tasks is counted by {@link TaskWork}. Thread-safe.
 */
public interface Progress {
    /** Receives, and shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String stage, Work total) {}

        @Override
        public void add(Work done) {}

        @Override
        public void end() {}
    };

    /**
     * A stage begins, in place of the one before.
     *
     * @param stage its name for the user, and the call site of its jobs
     */
    void begin(String stage, Work total);

    /** Adds work that was done without a task of Spark. */
    void add(Work done);

    /** The stage has ended. Nothing is shown of it when this returns. */
    void end();
}
