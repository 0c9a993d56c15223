package io.zipmap.scratch;

import java.io.Closeable;
import java.nio.file.Path;

/** A complete file in scratch. It is not removed to make room for others until it is closed. */
public final class ScratchFile implements Closeable {
    private final Path path;
    private final boolean reused;
    private final Runnable unpin;

    ScratchFile(Path path, boolean reused, Runnable unpin) {
        this.path = path;
        this.reused = reused;
        this.unpin = unpin;
    }

    public Path path() {
        return path;
    }

    /** Whether the file existed before it was asked for. */
    public boolean reused() {
        return reused;
    }

    /** To be called exactly once. */
    @Override
    public void close() {
        unpin.run();
    }
}
