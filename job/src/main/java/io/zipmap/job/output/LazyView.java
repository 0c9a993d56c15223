package io.zipmap.job.output;

import java.io.IOException;

/** A temporary view that costs something to make, and so is made when the first query names it. */
public interface LazyView {
    String name();

    void register() throws IOException;
}
