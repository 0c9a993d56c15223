package io.zipmap;

import java.io.IOException;

/** A {@link Runnable} that may throw an {@link IOException}. */
@FunctionalInterface
public interface IoRunnable {
    void run() throws IOException;
}
