package io.zipmap.cli;

/** Where a {@link ProgressDisplay} shows its text. */
interface ProgressOutput {
    /** Shows nothing. */
    ProgressOutput NONE = new ProgressOutput() {
        @Override
        public void begin() {}

        @Override
        public void show(String text) {}

        @Override
        public void clear() {}

        @Override
        public int width() {
            return Integer.MAX_VALUE;
        }

        @Override
        public long delayMillis() {
            return Integer.MAX_VALUE;
        }

        @Override
        public long periodMillis() {
            return Integer.MAX_VALUE;
        }
    };

    /** The terminal if there is one, otherwise the log. Must be called before others take the standard streams. */
    static ProgressOutput ofProcess() {
        return TerminalLine.ofProcess().<ProgressOutput>map(line -> line).orElseGet(ProgressLog::new);
    }

    /** A stage begins. */
    void begin();

    /** Shows how far the stage has come, in place of what was shown before. */
    void show(String text);

    /** Removes what is shown. */
    void clear();

    /** The most characters to show. */
    int width();

    /** How long a stage runs before it is shown. */
    long delayMillis();

    /** The time from one text to the next. */
    long periodMillis();
}
