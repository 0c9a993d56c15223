package io.zipmap.job.output;

import java.io.IOException;

/** The page that a run publishes with its tables. */
public interface RunPage {
    /** Collects what the page shows, in a thread of its own, while the tables are written. */
    void collect();

    /** Makes the page. Called when the tables are written and not visible yet. */
    byte[] make() throws IOException;
}
