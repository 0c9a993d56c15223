package io.zipmap.store;

import java.nio.file.Path;

/** A whole file in scratch, and whether it was there already. */
public final class ScratchFile {
    private final Path path;
    private final boolean reused;

    ScratchFile(Path path, boolean reused) {
        this.path = path;
        this.reused = reused;
    }

    public Path path() {
        return path;
    }

    /** False when this call made it. */
    public boolean reused() {
        return reused;
    }
}
