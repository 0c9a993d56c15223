package io.zipmap.scratch;

import java.nio.file.Path;

/**
 * A scope as {@link ScratchScopes} found it: where it is, how large it is, and whether a process uses it. Immutable.
 */
public final class ScratchScope {
    private final Path path;
    private final long fileCount;
    private final long bytes;
    private final boolean inUse;

    ScratchScope(Path path, long fileCount, long bytes, boolean inUse) {
        this.path = path;
        this.fileCount = fileCount;
        this.bytes = bytes;
        this.inUse = inUse;
    }

    /** The folder of its files. */
    Path path() {
        return path;
    }

    /** {@code app-} with the application's id, or {@code keep}. */
    String name() {
        return path.getFileName().toString();
    }

    /** Whether its files outlive applications, and stay when no process uses them. */
    public boolean isKept() {
        return name().equals(FolderLayout.KEEP_SCOPE);
    }

    /** The bytes of all its files. */
    long bytes() {
        return bytes;
    }

    /** Whether a process of this node uses it, or a process of another host, which this host cannot see. */
    public boolean isInUse() {
        return inUse;
    }

    @Override
    public String toString() {
        return path + ": " + fileCount + " files, " + bytes + " bytes, " + (inUse ? "in use" : "not in use");
    }
}
