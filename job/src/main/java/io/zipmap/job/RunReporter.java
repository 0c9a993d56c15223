package io.zipmap.job;

import java.io.IOException;

/** Makes the page of a run from what is known of it. */
@FunctionalInterface
public interface RunReporter {
    byte[] page(RunFacts facts) throws IOException;
}
