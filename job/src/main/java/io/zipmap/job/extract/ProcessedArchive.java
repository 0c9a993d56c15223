package io.zipmap.job.extract;

import io.zipmap.archive.ArchiveRef;
import java.io.Serializable;

/** An archive as a run read it, and whether a later run can tell that it is still the same. Immutable. */
public final class ProcessedArchive implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArchiveRef archive;
    private final boolean settled;

    ProcessedArchive(ArchiveRef archive, boolean settled) {
        this.archive = archive;
        this.settled = settled;
    }

    /** With its contents, if its directory could be read. */
    public ArchiveRef archive() {
        return archive;
    }

    /** False for a bare array that was written so shortly before that it may change without a trace. */
    public boolean isSettled() {
        return settled;
    }
}
