package io.zipmap.store;

import io.zipmap.scratch.Scratch;

/**
 * The scratch of one node, and what this process knows of the files of that node: records, opened archives, times that
 * can be trusted. It has the life of its {@link Scratch}. Thread-safe.
 */
public final class NodeFiles {
    private final Scratch scratch;
    private final RecordCache records = new RecordCache();
    private final LocalArchives archives = new LocalArchives();
    private final SettledTimes settled = new SettledTimes();

    public NodeFiles(Scratch scratch) {
        this.scratch = scratch;
    }

    public Scratch scratch() {
        return scratch;
    }

    RecordCache records() {
        return records;
    }

    LocalArchives archives() {
        return archives;
    }

    SettledTimes settled() {
        return settled;
    }
}
