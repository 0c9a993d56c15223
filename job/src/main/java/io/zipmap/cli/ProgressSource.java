package io.zipmap.cli;

import io.zipmap.memory.AnonymousMemory;
import java.util.Optional;

/** What an application has done and uses, for a {@link ProgressDisplay}. Thread-safe. */
interface ProgressSource {
    /** A command without Spark. */
    ProgressSource NONE = new ProgressSource() {
        @Override
        public void begin(String stage) {}

        @Override
        public StageCounts counts() {
            return StageCounts.NONE;
        }

        @Override
        public Optional<AnonymousMemory> memory() {
            return Optional.empty();
        }
    };

    /** Counts from now on what the jobs of this call site do, and nothing of the jobs before. */
    void begin(String stage);

    StageCounts counts();

    /** Empty if it is not known. */
    Optional<AnonymousMemory> memory();
}
