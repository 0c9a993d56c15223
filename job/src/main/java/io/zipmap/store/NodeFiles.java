package io.zipmap.store;

import io.zipmap.scratch.Scratch;

/**
 * The state that all stores of a process share: the scratch of the node, and caches of the records and the opened
 * archives. {@link NodeScratch} holds it, and closes the scratch. Thread-safe.
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

    Scratch scratch() {
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
