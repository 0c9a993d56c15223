package io.zipmap.job.output;

import java.io.IOException;

/** A temporary view that is costly to make. It is registered when the first query names it. */
public interface LazyView {
    String name();

    /** Creates or replaces the view in its session. */
    void register() throws IOException;
}
