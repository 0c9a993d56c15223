package io.zipmap.store;

import io.zipmap.scratch.Scratch;

/**
 * What the stores of one process share: the scratch of the node, and caches of records and of opened archives. The
 * caches live as long as the {@link Scratch}, which the owner closes. Thread-safe.
 */
public final class NodeFiles {
    private final Scratch scratch;
    private final RecordCache records = new RecordCache();
    private final OpenedArchives archives = new OpenedArchives();
    private final SettledTimes settled = new SettledTimes();

    /** @param scratch closed by the caller */
    public NodeFiles(Scratch scratch) {
        this.scratch = scratch;
    }

    public Scratch scratch() {
        return scratch;
    }

    RecordCache records() {
        return records;
    }

    OpenedArchives archives() {
        return archives;
    }

    SettledTimes settled() {
        return settled;
    }
}
