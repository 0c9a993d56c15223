package io.zipmap.scratch;

import java.io.Closeable;
import java.nio.file.Path;

/** A whole file in scratch, and whether it was there already. No budget takes it away before it is closed. */
public final class ScratchFile implements Closeable {
    private final Path path;
    private final boolean reused;
    private final Runnable release;

    ScratchFile(Path path, boolean reused, Runnable release) {
        this.path = path;
        this.reused = reused;
        this.release = release;
    }

    public Path path() {
        return path;
    }

    /** False when this call made it. */
    public boolean reused() {
        return reused;
    }

    /** To be called once. */
    @Override
    public void close() {
        release.run();
    }
}
