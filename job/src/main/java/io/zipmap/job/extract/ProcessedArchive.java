package io.zipmap.job.extract;

import io.zipmap.archive.ArchiveRef;
import java.io.Serializable;

/** An archive that a task processed, and whether a later run can detect a change of it. Immutable. */
public final class ProcessedArchive implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArchiveRef archive;
    private final boolean settled;

    ProcessedArchive(ArchiveRef archive, boolean settled) {
        this.archive = archive;
        this.settled = settled;
    }

    /** With the digest of its directory, if it could be read. */
    public ArchiveRef archive() {
        return archive;
    }

    /** False for a bare array that was written so recently that a change may keep its modification time. */
    public boolean isSettled() {
        return settled;
    }
}
